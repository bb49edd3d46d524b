-- tables: ticks
INSERT INTO results SELECT word, COUNT(*) AS n, SUM(v) AS s FROM ticks GROUP BY word HAVING MOD(SUM(v), 2) = 0;
