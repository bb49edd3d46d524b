-- tables: orders, logic
INSERT INTO results SELECT a.item, a.n, l.id FROM (SELECT item, COUNT(*) AS n FROM orders GROUP BY item) AS a LEFT JOIN logic AS l ON a.n = l.id AND l.x = 1;
