-- tables: orders, customers
INSERT INTO results SELECT o.order_id, c.name FROM orders AS o JOIN customers AS c ON o.customer_id + 1 = c.id AND UPPER(c.country) = 'UK';
