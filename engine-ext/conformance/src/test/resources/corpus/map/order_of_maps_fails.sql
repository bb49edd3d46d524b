-- fails
INSERT INTO results
SELECT MAP['a', v] < MAP['a', 1] AS smaller FROM (VALUES (1), (2)) AS t(v);
