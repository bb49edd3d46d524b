-- tables: orders
-- refused: OVER
INSERT INTO results SELECT order_id, rn FROM (SELECT order_id, ROW_NUMBER() OVER (PARTITION BY item ORDER BY price DESC) AS rn FROM orders) AS t WHERE rn = 1;
