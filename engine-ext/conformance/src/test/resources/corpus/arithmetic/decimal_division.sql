-- tables: numbers
INSERT INTO results SELECT id, dec5 / 3 AS a, dec5 / dec18 AS b, dec18 / dec5 AS c, dec18 / 7 AS d, i / dec5 AS e, dec38 / 3 AS f1, 1 / dec5 AS g, dec5 / 0.3 AS h, bi / dec5 AS j, dec5 / dec5 AS k FROM numbers WHERE id <> 3;
