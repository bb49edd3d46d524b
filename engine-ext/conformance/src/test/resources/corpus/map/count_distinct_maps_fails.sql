-- fails
INSERT INTO results
SELECT COUNT(DISTINCT m) AS n FROM (SELECT MAP['a', v] AS m FROM (VALUES (1), (2)) AS t(v));
