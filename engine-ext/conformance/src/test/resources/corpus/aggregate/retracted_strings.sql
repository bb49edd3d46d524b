-- tables: orders
INSERT INTO results SELECT n, MIN(item) AS lo, MAX(item) AS hi, COUNT(item) AS c FROM (SELECT item, COUNT(*) AS n FROM orders GROUP BY item) AS t GROUP BY n;
