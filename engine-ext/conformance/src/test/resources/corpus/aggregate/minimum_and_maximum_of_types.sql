-- tables: numbers
INSERT INTO results SELECT b, MIN(ti) AS a, MAX(si) AS c, MIN(f) AS d1, MAX(d) AS e, MIN(dec38) AS f1, MAX(dec18) AS g, MIN(b) AS h, MAX(b) AS j FROM numbers GROUP BY b;
