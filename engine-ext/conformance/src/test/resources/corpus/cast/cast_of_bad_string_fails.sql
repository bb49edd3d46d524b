-- tables: strings
-- fails
INSERT INTO results SELECT id, CAST(s AS INT) AS a FROM strings;
