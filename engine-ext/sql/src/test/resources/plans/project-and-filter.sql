CREATE TABLE out_rows (id BIGINT, customer STRING, total DECIMAL(21, 2)) WITH ('connector' = 'append');
INSERT INTO out_rows
SELECT id, UPPER(customer), total FROM orders WHERE qty > 3 AND customer LIKE 'A%';
