-- tables: orders
CREATE VIEW sums AS SELECT item, SUM(qty) AS total FROM orders GROUP BY item;
INSERT INTO results SELECT item, order_id, total FROM orders JOIN sums USING (item);
