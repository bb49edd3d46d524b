-- tables: numbers
INSERT INTO results SELECT id, ti + ti AS a, si + si AS b, i + i AS c, bi + bi AS d, i - bi AS e, ti * ti AS f1, i * i AS g, bi * i AS h, -i AS j, -bi AS k, ti + si AS l, si + bi AS m, ti - 1 AS n FROM numbers;
