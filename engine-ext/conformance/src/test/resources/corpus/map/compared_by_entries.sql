INSERT INTO results
SELECT
  MAP['a', v] = MAP['a', 1] AS same,
  MAP['a', v, 'b', 1] = MAP['b', 1, 'a', v] AS in_another_order,
  MAP['a', v] <> MAP['a', 1] AS other,
  MAP['a', v] IS DISTINCT FROM MAP['a', 1] AS distinct_from,
  MAP['a', v] IS NOT DISTINCT FROM CAST(NULL AS MAP<STRING, INT>) AS like_null,
  MAP['a', v] IN (MAP['a', 1]) AS one_of,
  NULLIF(MAP['a', v], MAP['a', 2]) AS not_that
FROM (VALUES (1), (2)) AS t(v);
