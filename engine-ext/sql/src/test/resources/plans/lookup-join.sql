CREATE TABLE out_rows (id BIGINT, city STRING) WITH ('connector' = 'append');
INSERT INTO out_rows
SELECT o.id, c.city
FROM orders AS o LEFT JOIN customers FOR SYSTEM_TIME AS OF o.proc AS c ON o.customer = c.name AND c.discount > o.qty;
INSERT INTO out_rows
SELECT o.id, c.city
FROM orders AS o JOIN customers FOR SYSTEM_TIME AS OF o.proc AS c ON UPPER(o.customer) = c.name WHERE o.id > 5;
