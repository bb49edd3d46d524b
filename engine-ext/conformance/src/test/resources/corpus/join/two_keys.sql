-- tables: orders
INSERT INTO results SELECT a.order_id AS first_id, b.order_id AS second_id FROM orders AS a JOIN orders AS b ON a.customer_id = b.customer_id AND a.item = b.item WHERE a.order_id < b.order_id;
