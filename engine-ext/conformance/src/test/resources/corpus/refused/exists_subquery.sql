-- tables: orders, customers
-- refused: EXISTS
INSERT INTO results SELECT order_id FROM orders AS o WHERE EXISTS (SELECT 1 FROM customers AS c WHERE c.id = o.customer_id);
