CREATE TABLE out_rows (a BIGINT, b STRING) WITH ('connector' = 'append');
INSERT INTO out_rows SELECT id, customer FROM orders UNION ALL SELECT order_id, 'paid' FROM payments;
