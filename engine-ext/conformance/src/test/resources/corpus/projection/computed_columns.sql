CREATE TABLE t (
  id INT,
  qty INT,
  price DECIMAL(10, 2),
  total AS qty * price,
  label AS CONCAT('#', CAST(id AS STRING)),
  half AS qty / 2
) WITH ('connector' = 'filesystem', 'path' = '${data}/computed.csv', 'format' = 'csv');
INSERT INTO results SELECT *, total + 1 AS more FROM t WHERE total > 5;
