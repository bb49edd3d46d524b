-- tables: ticks
INSERT INTO results SELECT MOD(k, 3) AS g, MIN(x) AS a, MAX(x) AS b, COUNT(DISTINCT x) AS c, SUM(DISTINCT y) AS d, MAX(w) AS e, MIN(w) AS f, AVG(p) AS h FROM (SELECT k, MOD(SUM(v), 97) AS x, MOD(COUNT(*), 13) AS y, MAX(word) AS w, SUM(price) AS p FROM ticks WHERE n < 2500 GROUP BY k) AS t GROUP BY MOD(k, 3);
