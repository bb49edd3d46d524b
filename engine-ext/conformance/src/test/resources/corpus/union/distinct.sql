-- tables: orders
INSERT INTO results SELECT item FROM orders UNION SELECT status FROM orders;
