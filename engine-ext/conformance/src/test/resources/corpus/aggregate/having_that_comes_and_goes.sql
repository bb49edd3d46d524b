-- tables: orders
INSERT INTO results SELECT item, COUNT(*) AS n FROM orders GROUP BY item HAVING COUNT(*) = 2 OR MAX(price) > 90;
