CREATE TABLE out_rows (id BIGINT, amount DECIMAL(12, 4), city STRING) WITH ('connector' = 'any');
CREATE VIEW cities AS SELECT name, city FROM customers;
INSERT INTO out_rows
SELECT o.id, p.amount, c.city
FROM orders o JOIN payments p ON o.id = p.order_id AND p.paid > o.ts
LEFT JOIN cities c ON UPPER(o.customer) = c.name
WHERE o.qty > 1 AND p.amount > 10;
INSERT INTO out_rows
SELECT o.id, p.amount, CAST(NULL AS STRING) FROM orders o RIGHT JOIN payments p ON p.order_id = o.id;
INSERT INTO out_rows
SELECT o.id, p.amount, o.customer FROM orders o, payments p WHERE p.order_id = o.id;
