-- tables: orders, customers
INSERT INTO results SELECT o.order_id, o.customer_id FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id WHERE c.id IS NULL;
