-- tables: orders, customers
INSERT INTO results SELECT o.order_id, c.name FROM orders AS o, customers AS c WHERE o.customer_id = c.id AND c.country = 'UK';
