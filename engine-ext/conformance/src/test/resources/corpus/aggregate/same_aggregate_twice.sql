-- tables: orders
INSERT INTO results SELECT item, SUM(qty) AS a, SUM(qty) AS b, SUM(qty) + COUNT(*) AS c, COUNT(*) AS d FROM orders GROUP BY item;
