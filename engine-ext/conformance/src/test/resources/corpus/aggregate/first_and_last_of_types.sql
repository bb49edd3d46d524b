-- tables: orders
INSERT INTO results SELECT FIRST_VALUE(price) AS a, LAST_VALUE(placed) AS b, FIRST_VALUE(status) AS c, LAST_VALUE(qty) AS d, LAST_VALUE(item) FILTER (WHERE qty > 2) AS e FROM orders;
