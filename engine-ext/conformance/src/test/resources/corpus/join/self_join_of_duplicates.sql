-- tables: orders
INSERT INTO results SELECT a.item, b.qty FROM orders AS a LEFT JOIN orders AS b ON a.item = b.item AND b.qty > 2;
