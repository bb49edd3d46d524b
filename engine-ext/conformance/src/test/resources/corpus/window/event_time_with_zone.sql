SET 'table.local-time-zone' = 'Asia/Kolkata';
CREATE TABLE clicks (
  who STRING, at_ms BIGINT,
  `at` AS TO_TIMESTAMP_LTZ(at_ms, 3),
  WATERMARK FOR `at` AS `at` - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${data}/clicks.csv', 'format' = 'csv');
INSERT INTO results SELECT who, window_start, window_end, window_time, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(`at`), INTERVAL '1' DAY)) GROUP BY who, window_start, window_end, window_time;
