INSERT INTO results
SELECT
  CAST(MAP['a', 1, 'b', CAST(NULL AS INT)] AS STRING) AS ints,
  CAST(MAP['trace-one', X'61', 'b', X'62'] AS STRING) AS binaries,
  CAST(MAP['a', TRUE] AS STRING) AS booleans,
  CAST(MAP['a', MAP['b', 1.5]] AS STRING) AS maps,
  CAST(MAP['a', 1] AS CHAR(3)) AS cut,
  CAST(MAP['a', 1] AS VARCHAR(4)) AS short,
  CAST(CAST(NULL AS MAP<STRING, INT>) AS STRING) AS of_null,
  CAST(MAP['a', 1] AS MAP<STRING, STRING>) AS to_text,
  CAST(MAP['a', 1] AS MAP<STRING, BIGINT>) AS wider,
  CAST(MAP['a', X'61'] AS MAP<STRING, STRING>)['a'] AS decoded,
  CAST(MAP['a', 'b'] AS MAP<STRING, BYTES>) AS encoded,
  CAST(MAP['a', '1'] AS MAP<STRING, INT>) AS parsed,
  TRY_CAST(MAP['a', 'x', 'b', '1'] AS MAP<STRING, INT>) AS not_parsed,
  TRY_CAST(MAP['a', '2', 'b', '1'] AS MAP<STRING, INT>) AS all_parsed,
  CAST(MAP['a', X'61']['a'] AS STRING) AS of_an_item,
  DECODE(MAP['a', X'61']['a'], 'UTF-8') AS of_an_item_too,
  TRY_CAST(MAP['a', 1] AS STRING) AS tried;
