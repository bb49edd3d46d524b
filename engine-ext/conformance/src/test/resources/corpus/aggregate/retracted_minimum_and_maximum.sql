-- tables: orders
INSERT INTO results SELECT MIN(q) AS lo, MAX(q) AS hi, MIN(p) AS lp, MAX(p) AS hp, COUNT(DISTINCT q) AS dq FROM (SELECT item, SUM(qty) AS q, MAX(price) AS p FROM orders GROUP BY item) AS t;
