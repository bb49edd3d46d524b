CREATE TABLE ancient (id INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH (
  'connector' = 'filesystem', 'path' = '${data}/old.csv', 'format' = 'csv');
INSERT INTO results SELECT window_start, window_end, COUNT(*) AS n, SUM(id) AS s FROM TABLE(TUMBLE(TABLE ancient, DESCRIPTOR(ts), INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
