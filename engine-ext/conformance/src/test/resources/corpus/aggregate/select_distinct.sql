-- tables: orders
INSERT INTO results SELECT DISTINCT customer_id, status FROM orders;
