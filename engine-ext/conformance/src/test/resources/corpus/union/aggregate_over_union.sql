-- tables: orders
INSERT INTO results SELECT src, item, SUM(qty) AS q, COUNT(*) AS n FROM (SELECT 'a' AS src, item, qty FROM orders WHERE status = 'NEW' UNION ALL SELECT 'b', item, qty * 10 FROM orders) AS u GROUP BY src, item;
