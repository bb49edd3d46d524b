-- tables: strings
INSERT INTO results SELECT id, LEFT(s, n) AS a, RIGHT(s, n) AS b, SUBSTR(s, n) AS c, SUBSTRING(s, 1, n) AS d FROM strings;
