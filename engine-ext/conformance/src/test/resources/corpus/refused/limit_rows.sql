-- tables: orders
-- refused: LIMIT
INSERT INTO results SELECT order_id FROM orders LIMIT 3;
