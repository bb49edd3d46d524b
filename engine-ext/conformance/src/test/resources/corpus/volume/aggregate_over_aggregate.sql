-- tables: ticks
INSERT INTO results SELECT MOD(c, 7) AS m, COUNT(*) AS n, SUM(s) AS s, MIN(hi) AS lo, MAX(hi) AS hi, COUNT(DISTINCT c) AS d FROM (SELECT word, k, COUNT(*) AS c, SUM(v) AS s, MAX(price) AS hi FROM ticks GROUP BY word, k) AS t GROUP BY MOD(c, 7);
