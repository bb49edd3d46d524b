-- tables: orders
-- refused: subquery
INSERT INTO results SELECT order_id FROM orders WHERE price > (SELECT AVG(price) FROM orders);
