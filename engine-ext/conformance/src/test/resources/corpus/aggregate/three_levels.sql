-- tables: orders
INSERT INTO results SELECT total, COUNT(*) AS times FROM (SELECT n, SUM(q) AS total FROM (SELECT customer_id, COUNT(*) AS n, SUM(qty) AS q FROM orders GROUP BY customer_id) AS a GROUP BY n) AS b GROUP BY total;
