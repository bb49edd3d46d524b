-- tables: numbers
INSERT INTO results SELECT id, ROUND(dec5, 1) AS a, ROUND(dec18) AS b, FLOOR(dec38) AS c, CEIL(dec38) AS d1, ROUND(bi, -3) AS e, TRUNCATE(dec18, -2) AS f1, ROUND(dec5, -1) AS g FROM numbers;
