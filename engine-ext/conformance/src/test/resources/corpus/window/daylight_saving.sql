SET 'table.local-time-zone' = 'Europe/Berlin';
CREATE TABLE dst (id INT, ms BIGINT, ts AS TO_TIMESTAMP_LTZ(ms, 3), WATERMARK FOR ts AS ts) WITH ('connector' = 'filesystem', 'path' = '${data}/dst.csv', 'format' = 'csv');
INSERT INTO results SELECT window_start, window_end, window_time, COUNT(*) AS n, SUM(id) AS s FROM TABLE(TUMBLE(TABLE dst, DESCRIPTOR(ts), INTERVAL '1' HOUR)) GROUP BY window_start, window_end, window_time;
