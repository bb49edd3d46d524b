-- tables: ticks
INSERT INTO results SELECT a.word, COUNT(*) AS n, SUM(a.v + b.total) AS s FROM ticks AS a JOIN (SELECT k, SUM(v) AS total FROM ticks WHERE n < 500 GROUP BY k) AS b ON a.k = b.k WHERE a.n < 1500 GROUP BY a.word;
