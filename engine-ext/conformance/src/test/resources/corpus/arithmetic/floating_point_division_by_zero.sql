-- tables: numbers
INSERT INTO results SELECT id, d / (d - d) AS a, f / CAST(0 AS FLOAT) AS b, d / 0E0 AS c FROM numbers WHERE id IN (1, 2, 3, 6);
