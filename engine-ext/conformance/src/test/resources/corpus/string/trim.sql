-- tables: strings
INSERT INTO results SELECT id, TRIM(s) AS a, TRIM(BOTH 'a' FROM s) AS b, TRIM(LEADING 'h' FROM s) AS c, TRIM(TRAILING FROM s) AS d1, LTRIM(s) AS e, RTRIM(s) AS f1, LTRIM(s, 'h') AS g, RTRIM(s, 'o') AS h, BTRIM(s) AS j, BTRIM(s, ' p') AS k, TRIM(BOTH 'he' FROM s) AS l FROM strings;
