-- tables: orders
-- refused: ORDER BY
INSERT INTO results SELECT order_id, price FROM orders ORDER BY price DESC LIMIT 3;
