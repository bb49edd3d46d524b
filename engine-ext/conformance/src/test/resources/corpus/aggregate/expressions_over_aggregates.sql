-- tables: orders
INSERT INTO results SELECT customer_id, CASE WHEN SUM(qty) > 5 THEN 'many' ELSE 'few' END AS size, COALESCE(MAX(status), '?') AS s, SUM(price) / COUNT(price) AS mean, CAST(AVG(price) AS DECIMAL(10, 1)) AS rounded, SUM(qty) * 1.0 / 3 AS third FROM orders WHERE price IS NOT NULL GROUP BY customer_id;
