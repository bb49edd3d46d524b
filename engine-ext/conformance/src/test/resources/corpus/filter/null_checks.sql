-- tables: orders
INSERT INTO results SELECT order_id, customer_id IS NULL AS a, item IS NOT NULL AS b, (qty > 1) IS NULL AS c, price IS NULL OR price > 10 AS d FROM orders WHERE item IS NULL OR qty IS NULL OR customer_id IS NOT NULL;
