-- tables: numbers
INSERT INTO results SELECT id, ROUND(d, 1) AS a, ROUND(dec18, 2) AS b, ROUND(dec5) AS c, ROUND(i, -2) AS d1, FLOOR(d) AS e, CEIL(d) AS f1, FLOOR(dec18) AS g, CEIL(dec18) AS h, CEILING(dec5) AS j, FLOOR(i) AS k, TRUNCATE(dec18, 2) AS l, TRUNCATE(d, 1) AS m, TRUNCATE(dec5) AS n, ROUND(dec18, 6) AS o, ROUND(f, 1) AS p, FLOOR(f) AS q FROM numbers WHERE id NOT IN (4, 5);
