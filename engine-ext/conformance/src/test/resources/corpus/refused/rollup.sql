-- tables: orders
-- refused: ROLLUP
INSERT INTO results SELECT item, status, COUNT(*) AS n FROM orders GROUP BY ROLLUP (item, status);
