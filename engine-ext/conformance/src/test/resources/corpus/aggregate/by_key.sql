-- tables: orders
INSERT INTO results SELECT customer_id, COUNT(*) AS n, COUNT(qty) AS nq, SUM(qty) AS q, SUM(price) AS p, MIN(price) AS lo, MAX(price) AS hi, AVG(price) AS mean, AVG(qty) AS mq FROM orders GROUP BY customer_id;
