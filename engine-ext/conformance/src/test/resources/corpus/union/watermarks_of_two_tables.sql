-- tables: events
CREATE TABLE late (
  id INT, k STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${data}/late.csv', 'format' = 'csv');
CREATE VIEW both_v AS SELECT id, k, ts FROM events UNION ALL SELECT id * 100, k, ts FROM late;
INSERT INTO results SELECT window_start, k, COUNT(*) AS n, SUM(id) AS s FROM TABLE(TUMBLE(TABLE both_v, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, k;
