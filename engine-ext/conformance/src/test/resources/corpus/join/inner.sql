-- tables: orders, customers
INSERT INTO results SELECT o.order_id, o.item, c.name, c.country FROM orders AS o JOIN customers AS c ON o.customer_id = c.id;
