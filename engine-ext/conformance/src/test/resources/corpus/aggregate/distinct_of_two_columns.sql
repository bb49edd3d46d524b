-- tables: orders
INSERT INTO results SELECT COUNT(DISTINCT item) AS a, COUNT(DISTINCT customer_id) AS b, COUNT(item) AS d FROM orders;
