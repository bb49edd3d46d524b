-- tables: events
INSERT INTO results SELECT window_start, window_end, window_time, COUNT(*) AS n FROM TABLE(TUMBLE(DATA => TABLE events, TIMECOL => DESCRIPTOR(ts), SIZE => INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, window_time;
