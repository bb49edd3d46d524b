-- tables: orders
INSERT INTO results SELECT COUNT(*) AS n, SUM(qty) AS q FROM orders HAVING COUNT(*) > 10;
