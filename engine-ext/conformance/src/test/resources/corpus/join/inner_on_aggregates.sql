-- tables: orders
CREATE VIEW per_customer AS SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id;
CREATE VIEW money AS SELECT customer_id, SUM(qty * price) AS total FROM orders GROUP BY customer_id;
INSERT INTO results SELECT a.customer_id, a.n, b.total FROM per_customer AS a JOIN money AS b ON a.customer_id = b.customer_id;
