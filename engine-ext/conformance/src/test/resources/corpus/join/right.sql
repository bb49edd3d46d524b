-- tables: orders, customers
INSERT INTO results SELECT o.order_id, c.name FROM customers AS c RIGHT JOIN orders AS o ON o.customer_id = c.id;
