-- tables: numbers
INSERT INTO results SELECT SUM(i) AS a, SUM(ti) AS b, SUM(bi) AS c, AVG(i) AS d1, AVG(bi) AS e FROM numbers WHERE id IN (1, 4, 7);
