CREATE TABLE out_rows (a INT, b STRING, c DECIMAL(10, 2)) WITH ('connector' = 'append');
INSERT INTO out_rows VALUES (1, 'a', 1.5), (2, 'bcd', 20), (3, CAST(NULL AS STRING), CAST(NULL AS DECIMAL(10, 2)));
INSERT INTO out_rows (b, a) SELECT 'x' || 'y', 1 + 2;
