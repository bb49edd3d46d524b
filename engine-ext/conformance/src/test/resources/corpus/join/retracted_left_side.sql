-- tables: orders, customers
INSERT INTO results SELECT t.n, t.items, l.name FROM (SELECT customer_id, COUNT(*) AS n, MAX(item) AS items FROM orders GROUP BY customer_id) AS t LEFT JOIN customers AS l ON t.customer_id = l.id AND t.n > 1;
