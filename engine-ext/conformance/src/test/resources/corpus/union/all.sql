-- tables: orders, customers
INSERT INTO results SELECT customer_id AS id, item AS what FROM orders UNION ALL SELECT id, name FROM customers UNION ALL SELECT 0, 'zero' FROM customers WHERE id = 10;
