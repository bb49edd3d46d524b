-- tables: orders
INSERT INTO results SELECT big, COUNT(DISTINCT n) AS a, SUM(DISTINCT n) AS b, COUNT(*) FILTER (WHERE n > 1) AS c, AVG(n) AS d FROM (SELECT item, COUNT(*) AS n, SUM(qty) > 5 AS big FROM orders GROUP BY item) AS t GROUP BY big;
