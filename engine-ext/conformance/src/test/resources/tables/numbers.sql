CREATE TABLE numbers (
  id INT,
  ti TINYINT,
  si SMALLINT,
  i INT,
  bi BIGINT,
  f FLOAT,
  d DOUBLE,
  dec5 DECIMAL(5, 2),
  dec18 DECIMAL(18, 4),
  dec38 DECIMAL(38, 10),
  b BOOLEAN
) WITH (
  'connector' = 'filesystem', 'path' = '${data}/numbers.csv', 'format' = 'csv',
  'csv.null-literal' = 'NULL'
);
