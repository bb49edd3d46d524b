CREATE TABLE readings (
  sensor STRING,
  `at` TIMESTAMP(3),
  temperature DOUBLE,
  ok BOOLEAN,
  samples BIGINT,
  big DECIMAL(20, 5),
  at_ltz TIMESTAMP_LTZ(3)
) WITH (
  'connector' = 'filesystem', 'path' = '${data}/readings.json', 'format' = 'json',
  'json.timestamp-format.standard' = 'SQL'
);
