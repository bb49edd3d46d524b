-- tables: orders
INSERT INTO results SELECT status, 1 AS uno, COUNT(*) AS n FROM orders GROUP BY status;
