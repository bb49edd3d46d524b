-- tables: events
INSERT INTO results SELECT k, COUNT(*) AS windows, MAX(s) AS best FROM (SELECT k, window_end, SUM(v) AS s FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end) AS w GROUP BY k;
