-- tables: orders
INSERT INTO results SELECT customer_id, LISTAGG(item) AS a, LISTAGG(status, '; ') AS b, LISTAGG(CAST(qty AS STRING), '') AS c FROM orders GROUP BY customer_id;
