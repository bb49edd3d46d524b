-- tables: numbers
INSERT INTO results SELECT b, SUM(ti) AS a, SUM(si) AS c, SUM(i) AS d1, SUM(bi) AS e, SUM(f) AS f1, SUM(d) AS g, SUM(dec5) AS h, SUM(dec18) AS j, SUM(dec38) AS k FROM numbers WHERE id NOT IN (4, 5) GROUP BY b;
