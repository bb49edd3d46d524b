-- tables: numbers
INSERT INTO results SELECT id, ti = 1 AS a, si <> 13 AS b, i < bi AS c, f <= d AS d1, dec5 > dec18 AS e, dec38 >= bi AS f1, i = d AS g, dec5 = 1.25 AS h, dec5 <> f AS j FROM numbers;
