CREATE TABLE unruly (
  n BIGINT,
  ts AS TO_TIMESTAMP(FROM_UNIXTIME(1700000000 + n - MOD(n * 37, 41))),
  WATERMARK FOR ts AS ts - INTERVAL '7' SECOND
) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '3000', 'rows-per-second' = '1000000');
INSERT INTO results SELECT window_start, COUNT(*) AS n, SUM(n) AS s FROM TABLE(TUMBLE(TABLE unruly, DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY window_start, window_end;
