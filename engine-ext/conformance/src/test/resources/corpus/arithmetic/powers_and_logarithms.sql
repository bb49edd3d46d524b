-- tables: numbers
INSERT INTO results SELECT id, SQRT(i) AS a, POWER(i, 2) AS b, POWER(d, 0.5) AS c, EXP(dec5) AS d1, LN(i) AS e, LOG10(bi) AS f1, LOG2(i) AS g, LOG(2, i) AS h, LOG(d) AS j, SQRT(dec5) AS k, POWER(2, ti) AS l, POWER(dec5, 2) AS m FROM numbers WHERE id IN (1, 4, 6, 7);
