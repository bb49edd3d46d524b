CREATE TABLE texts (id INT, s STRING) WITH (
  'connector' = 'filesystem', 'path' = '${data}/texts.csv', 'format' = 'csv', 'csv.null-literal' = 'NULL');
INSERT INTO results SELECT id, TRY_CAST(s AS DATE) AS a, TRY_CAST(s AS TIME) AS b, TRY_CAST(s AS TIMESTAMP(3)) AS c, TRY_CAST(s AS TIMESTAMP(6)) AS d1, TRY_CAST(s AS TIMESTAMP_LTZ(3)) AS e FROM texts;
