-- tables: orders, customers
INSERT INTO results SELECT o.order_id, c.name, p.order_id AS other FROM orders AS o JOIN customers AS c ON o.customer_id = c.id LEFT JOIN orders AS p ON p.customer_id = c.id AND p.item = 'jug';
