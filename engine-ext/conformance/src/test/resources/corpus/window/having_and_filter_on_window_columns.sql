-- tables: events
INSERT INTO results SELECT * FROM (SELECT k, window_start AS ws, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end) AS t WHERE ws >= TIMESTAMP '2024-05-01 00:00:10' AND n = 1;
