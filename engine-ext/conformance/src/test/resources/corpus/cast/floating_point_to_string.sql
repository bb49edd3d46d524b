CREATE TABLE doubles (id INT, f FLOAT, d DOUBLE) WITH (
  'connector' = 'filesystem', 'path' = '${data}/doubles.csv', 'format' = 'csv', 'csv.null-literal' = 'NULL');
INSERT INTO results SELECT id, CAST(f AS STRING) AS a, CAST(d AS STRING) AS b, CAST(d AS VARCHAR(4)) AS c, f, d FROM doubles;
