CREATE TABLE clicks (
  who STRING, at_ms BIGINT,
  `at` AS TO_TIMESTAMP(FROM_UNIXTIME(at_ms / 1000)),
  WATERMARK FOR `at` AS `at`
) WITH ('connector' = 'filesystem', 'path' = '${data}/clicks.csv', 'format' = 'csv');
INSERT INTO results SELECT who, window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(`at`), INTERVAL '1' MINUTE)) GROUP BY who, window_start, window_end;
