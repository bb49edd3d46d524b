-- tables: orders
-- refused: UNNEST
INSERT INTO results SELECT order_id, x FROM orders CROSS JOIN UNNEST(ARRAY[1, 2]) AS t (x);
