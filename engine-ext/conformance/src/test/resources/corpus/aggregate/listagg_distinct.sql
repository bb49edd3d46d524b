-- tables: orders
INSERT INTO results SELECT customer_id, LISTAGG(DISTINCT item) AS a FROM orders GROUP BY customer_id;
