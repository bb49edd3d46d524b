-- tables: numbers
INSERT INTO results SELECT id, i = 100.0 AS a, bi > 1e3 AS b, ti IN (1, 13, 300) AS c, dec5 IN (1.25, 33.33) AS d1, f = 1.5 AS e, d IN (2.25, 0.1) AS f1 FROM numbers WHERE bi <> 5.5;
