CREATE TABLE late (
  id INT, k STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '2' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${data}/late.csv', 'format' = 'csv');
INSERT INTO results SELECT k, window_start, COUNT(*) AS n, SUM(id) AS s FROM TABLE(TUMBLE(TABLE late, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end;
