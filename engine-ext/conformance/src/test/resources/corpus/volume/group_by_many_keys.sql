-- tables: ticks
INSERT INTO results SELECT k, COUNT(*) AS n, SUM(v) AS s, MIN(price) AS lo, MAX(price) AS hi, AVG(v) AS m, COUNT(DISTINCT word) AS dw, SUM(price) AS p FROM ticks GROUP BY k;
