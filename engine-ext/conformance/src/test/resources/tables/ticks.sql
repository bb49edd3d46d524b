CREATE TABLE ticks (
  n BIGINT,
  k AS MOD(n * 7919, 61),
  v AS CAST(MOD(n * 31, 1000) AS INT),
  price AS CAST(MOD(n * 17, 10007) AS DECIMAL(10, 2)) / 4,
  word AS CONCAT('w', CAST(MOD(n * 13, 29) AS STRING)),
  ts AS TO_TIMESTAMP(FROM_UNIXTIME(1700000000 + n - MOD(n * 7, 5))),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '5000',
  'rows-per-second' = '1000000'
);
