CREATE TABLE out_rows (a STRING, b INT, c BOOLEAN, d BIGINT) WITH ('connector' = 'append');
INSERT INTO out_rows
SELECT CASE WHEN qty IN (1, 2, 3) THEN 'few' WHEN qty BETWEEN 4 AND 10 THEN 'several' ELSE customer END,
       TRY_CAST(customer AS INT), id = qty OR rate > price, CAST(rate AS BIGINT)
FROM orders WHERE id IN (1, 2, 5) OR customer NOT IN ('a', 'b');
