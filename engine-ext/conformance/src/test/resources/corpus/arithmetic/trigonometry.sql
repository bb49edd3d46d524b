-- tables: numbers
INSERT INTO results SELECT id, SIN(d) AS a, COS(i) AS b, TAN(dec5) AS c, COT(f) AS d1, ASIN(0.5) AS e, ACOS(dec5 / 1000) AS f1, ATAN(d) AS g, ATAN2(i, d) AS h, SINH(dec5 / 10) AS j, COSH(dec5 / 100) AS k, TANH(d) AS l, DEGREES(dec5) AS m, RADIANS(i) AS n, PI() AS p, E() AS q FROM numbers WHERE id NOT IN (4, 5);
