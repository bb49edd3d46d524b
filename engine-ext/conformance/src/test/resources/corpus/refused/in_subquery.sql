-- tables: orders, customers
-- refused: subquery
INSERT INTO results SELECT order_id FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country = 'UK');
