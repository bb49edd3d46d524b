-- tables: orders
CREATE VIEW totals AS SELECT order_id, item, qty * price AS total FROM orders;
CREATE TEMPORARY VIEW big (id, what, money) AS SELECT order_id, item, total FROM totals WHERE total > 10;
INSERT INTO results SELECT id, what, money, money * 2 AS twice FROM big;
