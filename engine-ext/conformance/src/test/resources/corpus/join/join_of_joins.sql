-- tables: orders, customers
INSERT INTO results SELECT x.name, y.item, y.n FROM (SELECT c.id, c.name FROM customers AS c JOIN orders AS o ON c.id = o.customer_id GROUP BY c.id, c.name) AS x LEFT JOIN (SELECT customer_id, item, COUNT(*) AS n FROM orders GROUP BY customer_id, item) AS y ON x.id = y.customer_id;
