-- tables: strings
INSERT INTO results SELECT id, s LIKE 'h%' AS a, s LIKE '%o' AS b, s LIKE '%ell%' AS c, s LIKE 'h_llo' AS d1, s LIKE '' AS e, s LIKE '%' AS f1, s NOT LIKE '%a%' AS g, s LIKE 'hello' AS h, s LIKE '_' AS j, s LIKE '%a%a%' AS k, s LIKE 'a.b%' AS l, s LIKE '____' AS m FROM strings;
