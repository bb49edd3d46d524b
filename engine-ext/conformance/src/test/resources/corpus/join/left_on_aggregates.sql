-- tables: orders, customers
INSERT INTO results SELECT c.id, c.name, o.n, o.total FROM customers AS c LEFT JOIN (SELECT customer_id, COUNT(*) AS n, SUM(qty) AS total FROM orders GROUP BY customer_id) AS o ON c.id = o.customer_id;
