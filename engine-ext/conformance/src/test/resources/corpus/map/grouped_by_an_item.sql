INSERT INTO results
SELECT m['a'] AS k, COUNT(*) AS n, COUNT(m) AS c, FIRST_VALUE(m) AS f, LAST_VALUE(m) AS l
FROM (VALUES (MAP['a', 'x']), (MAP['a', 'y']), (MAP['a', 'x'])) AS t(m)
GROUP BY m['a'];
