-- tables: events
INSERT INTO results SELECT window_start, window_end, window_time, SUM(amount) AS s, COUNT(DISTINCT k) AS nk FROM TABLE(CUMULATE(DATA => TABLE events, TIMECOL => DESCRIPTOR(ts), STEP => INTERVAL '20' SECOND, SIZE => INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, window_time;
