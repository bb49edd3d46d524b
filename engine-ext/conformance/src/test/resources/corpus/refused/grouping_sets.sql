-- tables: orders
-- refused: GROUPING SETS
INSERT INTO results SELECT item, status, COUNT(*) AS n FROM orders GROUP BY GROUPING SETS ((item), (status));
