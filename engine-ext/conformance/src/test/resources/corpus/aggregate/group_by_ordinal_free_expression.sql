-- tables: orders
INSERT INTO results SELECT CASE WHEN qty > 2 THEN 'many' ELSE 'few' END AS size, EXTRACT(MINUTE FROM placed) AS m, COUNT(*) AS n, SUM(price) FILTER (WHERE status <> 'NEW') AS p FROM orders GROUP BY CASE WHEN qty > 2 THEN 'many' ELSE 'few' END, EXTRACT(MINUTE FROM placed);
