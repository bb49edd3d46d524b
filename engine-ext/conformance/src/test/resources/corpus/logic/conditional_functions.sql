-- tables: logic
INSERT INTO results SELECT id, COALESCE(x, y, -1) AS c1, NULLIF(x, y) AS c2, IF(a, x, y) AS c3, IFNULL(x, 99) AS c4, COALESCE(x, 10000000000) AS c5, GREATEST(x, y) AS c6, LEAST(x, y) AS c7, GREATEST(x, 1, 2) AS c8, NULLIF(a, b) AS c9, COALESCE(CAST(x AS STRING), 'none') AS c10, IF(a, 'x', 'yyy') AS c11 FROM logic;
