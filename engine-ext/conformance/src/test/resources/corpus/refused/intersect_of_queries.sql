-- tables: orders
-- refused: INTERSECT
INSERT INTO results SELECT item FROM orders INTERSECT SELECT item FROM orders WHERE qty > 2;
