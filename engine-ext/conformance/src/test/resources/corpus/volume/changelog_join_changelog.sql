-- tables: ticks
INSERT INTO results SELECT a.word, a.n, b.k, b.m, b.lo FROM (SELECT word, MOD(SUM(v), 61) AS n FROM ticks WHERE n < 900 GROUP BY word) AS a LEFT JOIN (SELECT k, COUNT(*) AS m, MIN(price) AS lo FROM ticks WHERE n < 1100 GROUP BY k) AS b ON a.n = b.k;
