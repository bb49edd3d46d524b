-- tables: orders
-- refused: EXCEPT
INSERT INTO results SELECT item FROM orders EXCEPT SELECT item FROM orders WHERE qty > 2;
