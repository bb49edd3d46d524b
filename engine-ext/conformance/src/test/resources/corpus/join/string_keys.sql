-- tables: orders
CREATE VIEW prices AS SELECT item, MAX(price) AS top FROM orders GROUP BY item;
INSERT INTO results SELECT o.order_id, o.price, p.top FROM orders AS o JOIN prices AS p ON o.item = p.item WHERE o.price < p.top;
