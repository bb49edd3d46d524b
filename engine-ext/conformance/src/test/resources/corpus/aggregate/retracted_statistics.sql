-- tables: orders
INSERT INTO results SELECT CAST(AVG(CAST(q AS DOUBLE)) * 100 AS INT) AS a, CAST(STDDEV_POP(CAST(q AS DOUBLE)) * 100 AS INT) AS b, SUM(p) AS c, AVG(p) AS d FROM (SELECT item, SUM(qty) AS q, SUM(price) AS p FROM orders WHERE item IS NOT NULL GROUP BY item) AS t;
