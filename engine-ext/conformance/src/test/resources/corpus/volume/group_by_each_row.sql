-- tables: ticks
INSERT INTO results SELECT n, COUNT(*) AS c, MAX(word) AS w FROM ticks GROUP BY n;
