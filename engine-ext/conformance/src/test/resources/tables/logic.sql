CREATE TABLE logic (
  id INT,
  a BOOLEAN,
  b BOOLEAN,
  x INT,
  y INT
) WITH (
  'connector' = 'filesystem', 'path' = '${data}/logic.csv', 'format' = 'csv',
  'csv.null-literal' = 'NULL'
);
