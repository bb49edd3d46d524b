CREATE TABLE t (a INT, b STRING) WITH (
  'connector' = 'filesystem', 'path' = '${data}/folder', 'format' = 'csv');
INSERT INTO results SELECT b, COUNT(*) AS n, SUM(a) AS s FROM t GROUP BY b;
