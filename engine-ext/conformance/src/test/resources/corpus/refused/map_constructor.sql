-- tables: orders
-- refused: MAP
INSERT INTO results SELECT order_id, MAP['a', qty]['a'] AS a FROM orders;
