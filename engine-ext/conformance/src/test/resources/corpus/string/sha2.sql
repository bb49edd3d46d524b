-- tables: strings
INSERT INTO results SELECT id, SHA2(s, 256) AS a, SHA2(s, 512) AS b FROM strings;
