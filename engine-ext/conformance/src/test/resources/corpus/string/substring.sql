-- tables: strings
INSERT INTO results SELECT id, SUBSTRING(s, 2) AS a, SUBSTRING(s, 2, 3) AS b, SUBSTRING(s FROM 1 FOR 2) AS c, SUBSTRING(s, -3) AS d1, SUBSTRING(s, 0, 2) AS e, SUBSTR(s, n) AS f1, SUBSTR(s, 2, n) AS g, SUBSTRING(s, 100) AS h, SUBSTRING(s, -100, 3) AS j, LEFT(s, 2) AS k, RIGHT(s, 2) AS l, LEFT(s, n) AS m, RIGHT(s, n) AS o FROM strings WHERE n >= 0 OR n IS NULL;
