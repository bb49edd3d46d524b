-- tables: numbers
INSERT INTO results SELECT id AS n, id + 1 AS nxt, id * 2 - 1 AS odd, -id AS neg, +id AS pos, (id + 1) * (id - 1) AS product, 'x' AS label, 42 AS answer FROM numbers;
