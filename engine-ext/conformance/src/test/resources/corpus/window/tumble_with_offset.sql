-- tables: events
INSERT INTO results SELECT window_start, window_end, COUNT(*) AS n, MAX(v) AS m FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '3' SECOND)) GROUP BY window_start, window_end;
