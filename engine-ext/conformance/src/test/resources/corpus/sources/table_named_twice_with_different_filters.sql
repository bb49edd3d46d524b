-- tables: orders
INSERT INTO results SELECT a.item, a.qty FROM orders AS a WHERE a.qty > 2 UNION ALL SELECT b.status, b.qty FROM orders AS b WHERE b.qty <= 2;
