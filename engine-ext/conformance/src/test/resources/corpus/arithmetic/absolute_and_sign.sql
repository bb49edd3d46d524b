-- tables: numbers
INSERT INTO results SELECT id, ABS(ti) AS a, ABS(i) AS b, ABS(bi) AS c, ABS(f) AS d1, ABS(d) AS e, ABS(dec5) AS f1, ABS(dec38) AS g, SIGN(i) AS h, SIGN(d) AS j, SIGN(dec5) AS k, SIGN(dec18) AS l FROM numbers;
