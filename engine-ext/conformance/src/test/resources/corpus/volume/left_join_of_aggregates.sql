-- tables: ticks
INSERT INTO results SELECT a.k, a.n, b.w, b.s FROM (SELECT k, COUNT(*) AS n FROM ticks GROUP BY k) AS a LEFT JOIN (SELECT MAX(k) AS mk, word AS w, SUM(v) AS s FROM ticks WHERE n < 3000 GROUP BY word) AS b ON a.k = b.mk AND a.n > 80;
