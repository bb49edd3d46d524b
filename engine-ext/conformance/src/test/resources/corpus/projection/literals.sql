-- tables: logic
INSERT INTO results SELECT id, 1 AS i, 3000000000 AS l, 1.50 AS d, 1e2 AS e, 'text' AS s, 'it''s' AS q, '' AS nothing, TRUE AS t, FALSE AS f, DATE '2024-02-29' AS d1, TIME '12:34:56' AS t1, TIMESTAMP '2024-02-29 12:34:56.789' AS ts, x'0aff' AS bin, CAST(NULL AS INT) AS n, U&'\00e4' AS uni, -5 AS neg, 0.000001 AS small, 1234567890.123 AS big FROM logic WHERE id < 3;
