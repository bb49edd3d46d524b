-- tables: numbers
INSERT INTO results SELECT COUNT(*) AS a, COUNT(i) AS b, SUM(ti) AS c, MIN(i) AS d1, MAX(bi) AS e, AVG(si) AS f1, SUM(dec5) AS g, AVG(dec5) AS h FROM numbers;
