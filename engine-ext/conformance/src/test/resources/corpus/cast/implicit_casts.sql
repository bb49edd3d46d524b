-- tables: numbers
INSERT INTO results SELECT n.id, n.i = n.dec5 AS a, n.ti + n.dec38 AS b, n.f = n.i AS c, n.bi = n.d AS d FROM numbers AS n WHERE n.id < 10;
