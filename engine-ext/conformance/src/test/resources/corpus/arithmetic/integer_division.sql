-- tables: numbers
INSERT INTO results SELECT id, i / 3 AS a, bi / 7 AS b, si / -2 AS c, ti / 2 AS d, i / NULLIF(ti, 0) AS e, MOD(i, 7) AS f1, i % 5 AS g, MOD(bi, 3) AS h, MOD(ti, si) AS j FROM numbers WHERE si <> 0 OR si IS NULL;
