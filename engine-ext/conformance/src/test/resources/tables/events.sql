CREATE TABLE events (
  id INT,
  k STRING,
  v INT,
  amount DECIMAL(10, 2),
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = '${data}/events.csv', 'format' = 'csv',
  'csv.null-literal' = 'NULL'
);
