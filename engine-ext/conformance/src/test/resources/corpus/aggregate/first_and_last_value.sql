-- tables: orders
INSERT INTO results SELECT customer_id, FIRST_VALUE(item) AS a, LAST_VALUE(item) AS b, FIRST_VALUE(qty) AS c, LAST_VALUE(price) AS d FROM orders GROUP BY customer_id;
