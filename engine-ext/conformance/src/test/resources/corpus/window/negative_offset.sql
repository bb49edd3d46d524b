-- tables: events
INSERT INTO results SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '-10' SECOND)) GROUP BY window_start, window_end;
