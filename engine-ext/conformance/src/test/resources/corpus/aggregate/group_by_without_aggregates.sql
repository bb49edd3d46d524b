-- tables: orders
INSERT INTO results SELECT item FROM orders GROUP BY item, status;
