-- tables: orders
INSERT INTO results SELECT n, COUNT(*) AS customers, SUM(q) AS q, MIN(lo) AS lo, MAX(hi) AS hi, AVG(q) AS mean FROM (SELECT customer_id, COUNT(*) AS n, SUM(qty) AS q, MIN(price) AS lo, MAX(price) AS hi FROM orders GROUP BY customer_id) AS t GROUP BY n;
