-- tables: orders
INSERT INTO results SELECT status, COUNT(DISTINCT item) AS a, SUM(DISTINCT qty) AS b, COUNT(DISTINCT price) AS c, AVG(DISTINCT qty) AS d, MIN(DISTINCT qty) AS e, COUNT(*) AS n, SUM(qty) AS s FROM orders GROUP BY status;
