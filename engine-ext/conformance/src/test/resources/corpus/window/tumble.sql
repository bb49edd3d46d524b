-- tables: events
INSERT INTO results SELECT k, window_start, window_end, COUNT(*) AS n, SUM(v) AS s, AVG(amount) AS m FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end;
