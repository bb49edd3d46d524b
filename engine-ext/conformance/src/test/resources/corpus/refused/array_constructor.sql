-- tables: orders
-- refused: ARRAY
INSERT INTO results SELECT order_id, CARDINALITY(ARRAY[order_id, qty]) AS a FROM orders;
