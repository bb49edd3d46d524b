-- tables: numbers
INSERT INTO results SELECT id, 2 + 3 * i AS a, (2 + 3) * i AS b, i - 3 - 2 AS c, -i * 2 AS d, 10 - i / 2 * 3 AS e, 7 % 4 + i AS f1, i + 1 > i AND NOT i * 2 < i AS g FROM numbers WHERE id < 4;
