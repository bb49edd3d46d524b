-- tables: events
INSERT INTO results SELECT k, window_start, window_end, COUNT(*) AS n, SUM(v) AS s FROM TABLE(HOP(TABLE events, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end;
