-- tables: orders
INSERT INTO results SELECT order_id, status IN ('NEW', 'PAID') AS a, status NOT IN ('NEW', 'PAID') AS b, qty IN (1, 2, NULL) AS c, qty NOT IN (1, 2, NULL) AS d FROM orders WHERE customer_id IN (10, 11, 13) OR item IN ('cup');
