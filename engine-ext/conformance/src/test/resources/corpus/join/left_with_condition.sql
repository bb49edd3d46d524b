-- tables: orders, customers
INSERT INTO results SELECT o.order_id, o.customer_id, c.name, c.credit FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id AND c.credit > 50 AND o.qty > 1;
