CREATE TABLE out_rows (customer STRING, n BIGINT, s DECIMAL(38, 2), a DOUBLE, d BIGINT, PRIMARY KEY (customer) NOT ENFORCED) WITH ('connector' = 'upsert');
INSERT INTO out_rows
SELECT customer, COUNT(*), SUM(price), AVG(rate), COUNT(DISTINCT qty) FILTER (WHERE qty > 1)
FROM orders GROUP BY customer HAVING COUNT(*) > 2;
