-- tables: orders
INSERT INTO results
WITH paid AS (SELECT * FROM orders WHERE status = 'PAID'),
     priced AS (SELECT order_id, qty * price AS total FROM paid)
SELECT order_id, total, total > 10 AS is_large FROM priced;
