-- tables: orders
INSERT INTO results SELECT 'all' AS label, SUM(CASE WHEN status = 'NEW' THEN 1 ELSE 0 END) AS fresh, SUM(1) AS ones, COUNT(1) AS n, MAX('x') AS x, SUM(CASE WHEN status = 'NEW' THEN price END) AS money FROM orders;
