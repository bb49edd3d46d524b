-- tables: orders
INSERT INTO results SELECT item AS k, COUNT(*) AS n FROM orders GROUP BY item UNION ALL SELECT status, SUM(qty) FROM orders GROUP BY status UNION ALL SELECT 'row', 1 FROM orders;
