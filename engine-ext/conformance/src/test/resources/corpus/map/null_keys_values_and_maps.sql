INSERT INTO results
SELECT
  MAP[k, v] AS m,
  MAP[k, v][k] AS taken,
  MAP['a', v]['a'] AS taken_by_literal,
  MAP['a', v, 'b', CAST(NULL AS STRING)]['c'] AS absent,
  CARDINALITY(MAP[k, v]) AS size,
  MAP[k, v] IS NULL AS missing,
  MAP['a', 1][CAST(NULL AS STRING)] AS of_null,
  CARDINALITY(CAST(NULL AS MAP<STRING, INT>)) AS size_of_null,
  CAST(NULL AS MAP<STRING, INT>)['a'] AS taken_of_null,
  CAST(NULL AS MAP<STRING, INT>) IS NULL AS null_map
FROM (VALUES
  (CAST('x' AS STRING), CAST('1' AS STRING)),
  (CAST(NULL AS STRING), CAST('2' AS STRING)),
  (CAST('y' AS STRING), CAST(NULL AS STRING))) AS t(k, v);
