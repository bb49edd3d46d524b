-- tables: orders, customers
INSERT INTO results SELECT o.order_id, c.id, c.name, COALESCE(c.country, 'none') AS country FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id;
