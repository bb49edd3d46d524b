CREATE TABLE out_t (a INT, b STRING, c DECIMAL(5, 2)) WITH ('connector' = 'print');
INSERT INTO out_t VALUES (1, 'x', 1.5), (2, CAST(NULL AS STRING), 2.25);
