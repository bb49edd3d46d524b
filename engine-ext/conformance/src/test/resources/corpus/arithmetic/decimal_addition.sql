-- tables: numbers
INSERT INTO results SELECT id, dec5 + dec5 AS a, dec5 + dec18 AS b, dec18 - dec5 AS c, dec38 + dec5 AS d, dec38 - dec38 AS e, dec5 + i AS f1, dec18 + bi AS g, ti + dec5 AS h, dec38 + bi AS j, dec5 + 1.005 AS k, dec38 + dec38 AS l FROM numbers;
