-- tables: ticks
INSERT INTO results SELECT g, COUNT(*) AS n, SUM(x) AS s, MIN(x) AS lo, MAX(x) AS hi FROM (SELECT MOD(k, 4) AS g, SUM(v) AS x FROM ticks WHERE n < 2000 GROUP BY k UNION ALL SELECT MOD(COUNT(*), 4), MAX(v) FROM ticks WHERE n < 1500 GROUP BY word UNION ALL SELECT 9, v FROM ticks WHERE n < 100) AS t GROUP BY g;
