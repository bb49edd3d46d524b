-- tables: numbers
INSERT INTO results SELECT id, MOD(dec5, 2) AS a, dec18 % dec5 AS b, MOD(i, dec5) AS c, MOD(dec18, 0.7) AS d, MOD(dec5, dec18) AS e FROM numbers WHERE id <> 3;
