-- tables: events
INSERT INTO results SELECT window_start, window_end, COUNT(*) AS n, SUM(amount) AS s, MAX(v) AS m FROM TABLE(HOP(DATA => TABLE events, TIMECOL => DESCRIPTOR(ts), SLIDE => INTERVAL '20' SECOND, SIZE => INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
