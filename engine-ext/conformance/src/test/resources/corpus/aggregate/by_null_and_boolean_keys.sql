-- tables: logic
INSERT INTO results SELECT a, b, COUNT(*) AS n, SUM(x) AS sx, SUM(y) AS sy, COUNT(x) AS cx FROM logic GROUP BY a, b;
