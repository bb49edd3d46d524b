-- tables: orders
INSERT INTO results SELECT a.item, a.n, b.paid FROM (SELECT item, COUNT(*) AS n FROM orders GROUP BY item) AS a LEFT JOIN (SELECT item, SUM(qty) AS paid FROM orders WHERE status = 'PAID' GROUP BY item) AS b ON a.item = b.item;
