-- tables: numbers
INSERT INTO results SELECT b, SUM(dec38) FILTER (WHERE id NOT IN (4, 5)) AS a, MAX(dec38) AS c, COUNT(DISTINCT dec38) AS d1, SUM(dec18 * dec18) AS e, AVG(dec18 * 100) AS f1 FROM numbers GROUP BY b;
