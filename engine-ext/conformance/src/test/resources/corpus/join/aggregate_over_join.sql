-- tables: orders, customers
INSERT INTO results SELECT c.country, COUNT(*) AS n, SUM(o.qty * o.price) AS total, MAX(c.name) AS who FROM orders AS o JOIN customers AS c ON o.customer_id = c.id GROUP BY c.country;
