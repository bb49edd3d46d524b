-- tables: numbers
INSERT INTO results SELECT id, GREATEST(ti, i) AS a, LEAST(i, bi) AS b, GREATEST(dec5, dec18) AS c, LEAST(d, 1.5) AS d1, GREATEST('b', 'abc') AS e FROM numbers WHERE id <> 6;
