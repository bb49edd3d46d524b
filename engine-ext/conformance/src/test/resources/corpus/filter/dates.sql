-- tables: times
INSERT INTO results SELECT id, d >= DATE '2000-01-01' AS a, ts < TIMESTAMP '2000-01-01 06:00:00.500' AS b, t > TIME '12:00:00' AS c, ts6 = ts AS e, d = CAST(ts AS DATE) AS f FROM times WHERE d > DATE '1950-01-01' AND d <> DATE '9999-12-31' AND id <> 3;
