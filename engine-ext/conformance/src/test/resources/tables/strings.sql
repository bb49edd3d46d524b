CREATE TABLE strings (
  id INT,
  s STRING,
  t STRING,
  v VARCHAR(12),
  c CHAR(4),
  n INT
) WITH (
  'connector' = 'filesystem', 'path' = '${data}/strings.csv', 'format' = 'csv',
  'csv.null-literal' = 'NULL'
);
