-- tables: numbers
INSERT INTO results SELECT b, AVG(ti) AS a, AVG(si) AS c, AVG(i) AS d1, AVG(bi) AS e, AVG(f) AS f1, AVG(d) AS g, AVG(dec5) AS h, AVG(dec18) AS j, AVG(dec38) AS k FROM numbers WHERE id NOT IN (4, 5) GROUP BY b;
