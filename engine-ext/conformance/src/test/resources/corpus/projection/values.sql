INSERT INTO results SELECT a, b, c, a * 2 AS d FROM (VALUES (1, 'one', 1.5), (2, 'two', 22.25), (3, CAST(NULL AS STRING), 0.125)) AS v (a, b, c);
