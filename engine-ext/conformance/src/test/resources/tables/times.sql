CREATE TABLE times (
  id INT,
  d DATE,
  t TIME,
  ts TIMESTAMP(3),
  ts6 TIMESTAMP(6),
  ts0 TIMESTAMP(0),
  e BIGINT
) WITH (
  'connector' = 'filesystem', 'path' = '${data}/times.csv', 'format' = 'csv',
  'csv.null-literal' = 'NULL'
);
