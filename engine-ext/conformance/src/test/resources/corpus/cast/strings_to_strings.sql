CREATE TABLE texts (id INT, s STRING) WITH (
  'connector' = 'filesystem', 'path' = '${data}/texts.csv', 'format' = 'csv', 'csv.null-literal' = 'NULL');
INSERT INTO results SELECT id, CAST(s AS VARCHAR(3)) AS a, CAST(s AS CHAR(6)) AS b, TRY_CAST(s AS VARCHAR(100)) AS c, CAST(CAST(s AS CHAR(4)) AS STRING) AS d1 FROM texts;
