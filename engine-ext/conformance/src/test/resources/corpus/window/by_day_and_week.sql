-- tables: events
INSERT INTO results SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '7' DAY)) GROUP BY window_start, window_end;
