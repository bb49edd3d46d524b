CREATE TABLE t (id INT NOT NULL, name STRING NOT NULL, opt INT) WITH (
  'connector' = 'filesystem', 'path' = '${data}/notnull.csv', 'format' = 'csv', 'csv.null-literal' = 'NULL');
INSERT INTO results SELECT id, name, opt, id + 1 AS a, id + opt AS b, UPPER(name) AS u, COALESCE(opt, 0) AS c, id IS NULL AS isn, name = 'x' AS eq, CASE WHEN id > 1 THEN 1 ELSE 2 END AS ca, CASE WHEN id > 1 THEN 1 END AS cn, CAST(id AS STRING) AS cs, TRY_CAST(name AS INT) AS ti FROM t;
