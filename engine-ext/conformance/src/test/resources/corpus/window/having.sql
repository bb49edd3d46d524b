-- tables: events
INSERT INTO results SELECT k, window_start, SUM(v) AS s FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end HAVING SUM(v) > 5;
