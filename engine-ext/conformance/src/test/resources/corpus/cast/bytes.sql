-- tables: strings
INSERT INTO results SELECT id, CAST(s AS BYTES) AS a, CAST(CAST(s AS BYTES) AS STRING) AS b, ENCODE(s, 'UTF-8') AS c, DECODE(ENCODE(s, 'UTF-16'), 'UTF-16') AS d1, x'00ff' AS e FROM strings;
