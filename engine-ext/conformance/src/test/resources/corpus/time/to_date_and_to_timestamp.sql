CREATE TABLE texts (id INT, s STRING) WITH (
  'connector' = 'filesystem', 'path' = '${data}/texts.csv', 'format' = 'csv', 'csv.null-literal' = 'NULL');
INSERT INTO results SELECT id, TO_DATE(s) AS a, TO_TIMESTAMP(s) AS b, TO_TIMESTAMP(s, 'yyyy-MM-dd HH:mm:ss') AS d1, TO_TIMESTAMP(s, 'HH:mm') AS e FROM texts WHERE id NOT IN (6, 7, 41);
