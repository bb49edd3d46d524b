-- tables: orders
INSERT INTO results SELECT customer_id, COUNT(*) FILTER (WHERE status = 'PAID') AS paid, SUM(qty) FILTER (WHERE price > 5) AS dear, COUNT(DISTINCT item) FILTER (WHERE qty > 1) AS many, MAX(price) FILTER (WHERE FALSE) AS nothing FROM orders GROUP BY customer_id;
