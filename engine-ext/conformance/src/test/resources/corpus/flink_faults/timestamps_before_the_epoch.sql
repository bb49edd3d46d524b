-- tables: times
INSERT INTO results SELECT id, EXTRACT(YEAR FROM ts) AS a, HOUR(ts) AS b, FLOOR(ts TO MONTH) AS c, CEIL(ts TO MONTH) AS d1, CAST(ts AS DATE) AS e, CAST(ts AS TIMESTAMP(0)) AS f1 FROM times WHERE id IN (3, 6);
