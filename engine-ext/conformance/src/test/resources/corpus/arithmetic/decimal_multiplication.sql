-- tables: numbers
INSERT INTO results SELECT id, dec5 * dec5 AS a, dec5 * dec18 AS b, dec18 * dec18 AS c, dec5 * i AS d, dec18 * 0.908 AS e, dec5 * 1.5 AS f1, dec5 * bi AS g, dec38 * 2 AS h, dec38 * dec5 AS j, -dec5 AS k FROM numbers;
