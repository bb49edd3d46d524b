-- tables: strings
INSERT INTO results SELECT id, LPAD(s, 8, '*') AS a, RPAD(s, 8, 'xy') AS b, LPAD(s, 3, '*') AS c, RPAD(s, 0, '*') AS d1, REPEAT(v, 2) AS e, REPEAT(s, 0) AS f1, LPAD(s, n, '-') AS g, REPEAT(t, n) AS h, LPAD(s, 5, '') AS j FROM strings;
