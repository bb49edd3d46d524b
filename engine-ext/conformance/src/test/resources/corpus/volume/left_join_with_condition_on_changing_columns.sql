-- tables: ticks
INSERT INTO results SELECT a.k, a.s, b.word, b.hi FROM (SELECT k, SUM(v) AS s FROM ticks WHERE n < 700 GROUP BY k) AS a LEFT JOIN (SELECT word, MAX(v) AS hi, MOD(COUNT(*), 61) AS c FROM ticks WHERE n < 800 GROUP BY word) AS b ON a.k = b.c AND a.s > b.hi * 5;
