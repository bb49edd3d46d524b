-- tables: numbers
INSERT INTO results SELECT id, f + d AS a, f * f AS b, d / 3 AS c, d / f AS d1, f - i AS e, d + bi AS f1, d * 2 AS g, f / 3 AS h, d + dec5 AS j, f + dec5 AS k, -f AS l, -d AS m FROM numbers WHERE id NOT IN (3);
