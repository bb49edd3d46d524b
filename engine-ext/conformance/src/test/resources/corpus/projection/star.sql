-- tables: orders
INSERT INTO results SELECT * FROM orders;
