-- tables: orders
INSERT INTO results SELECT UPPER(item) AS what, qty > 2 AS many, SUM(qty * price) AS total, COUNT(*) + 1 AS n, MAX(price) - MIN(price) AS spread FROM orders GROUP BY UPPER(item), qty > 2;
