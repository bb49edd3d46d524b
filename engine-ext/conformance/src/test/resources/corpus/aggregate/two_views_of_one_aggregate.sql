-- tables: orders
CREATE VIEW per_item AS SELECT item, SUM(qty) AS q FROM orders GROUP BY item;
INSERT INTO results SELECT item, q, q * 2 AS twice FROM per_item WHERE q > 2 AND item <> 'pot';
