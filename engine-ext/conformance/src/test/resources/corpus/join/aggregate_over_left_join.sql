-- tables: orders, customers
INSERT INTO results SELECT c.name, COUNT(o.order_id) AS n, COUNT(*) AS rws, MIN(o.price) AS lo FROM customers AS c LEFT JOIN orders AS o ON c.id = o.customer_id AND o.status <> 'NEW' GROUP BY c.name;
