-- tables: numbers
INSERT INTO results SELECT id, CAST(dec18 AS DECIMAL(4, 2)) AS a, dec38 * dec38 AS b, dec38 * 10000000000 AS c, CAST(bi AS DECIMAL(10, 0)) AS d, CAST(dec5 AS DECIMAL(3, 1)) AS e, CAST(dec5 AS DECIMAL(2, 1)) AS f1 FROM numbers;
