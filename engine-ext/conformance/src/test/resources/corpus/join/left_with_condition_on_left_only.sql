-- tables: orders, customers
INSERT INTO results SELECT o.order_id, o.status, c.name FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id AND o.status = 'PAID';
