-- tables: orders, customers
-- refused: FULL
INSERT INTO results SELECT o.order_id, c.name FROM orders AS o FULL JOIN customers AS c ON o.customer_id = c.id;
