-- tables: logic
INSERT INTO results SELECT id, 2147483647 + 1 AS a, 2147483648 AS b, 9223372036854775807 AS c, 0.1 + 0.2 AS e, 1.10 * 1.10 AS f1, 1 / 3 AS g, 1.0 / 3 AS h, 10 / 4.0 AS j, 1e0 / 3 AS k FROM logic WHERE id = 1;
