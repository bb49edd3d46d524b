-- tables: numbers
INSERT INTO results SELECT id, dec5 = dec18 AS a, dec5 < dec38 AS b, dec18 >= dec38 AS c, dec5 = 0 AS d, dec18 > bi AS e, dec38 <= d AS f1, dec5 <> 1.250 AS g, dec5 IS DISTINCT FROM dec38 AS h FROM numbers;
