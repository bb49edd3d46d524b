-- tables: orders
INSERT INTO results SELECT item, SUM(qty) AS q FROM orders GROUP BY item HAVING SUM(qty) > 3 AND COUNT(*) < 6;
