CREATE TABLE texts (id INT, s STRING) WITH (
  'connector' = 'filesystem', 'path' = '${data}/texts.csv', 'format' = 'csv', 'csv.null-literal' = 'NULL');
INSERT INTO results SELECT id, TRY_CAST(s AS TINYINT) AS a, TRY_CAST(s AS SMALLINT) AS b, TRY_CAST(s AS INT) AS c, TRY_CAST(s AS BIGINT) AS d1, TRY_CAST(s AS FLOAT) AS e, TRY_CAST(s AS DOUBLE) AS f1, TRY_CAST(s AS DECIMAL(10, 2)) AS g, TRY_CAST(s AS BOOLEAN) AS h FROM texts WHERE id NOT IN (17, 37);
