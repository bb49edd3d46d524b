-- fails
INSERT INTO results
SELECT MAX(m) AS greatest FROM (SELECT MAP['a', v] AS m FROM (VALUES (1), (2)) AS t(v));
