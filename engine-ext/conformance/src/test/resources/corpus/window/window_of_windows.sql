-- tables: events
CREATE VIEW small AS SELECT k, window_time AS wt, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end, window_time;
INSERT INTO results SELECT window_start, window_end, SUM(n) AS s, COUNT(*) AS parts FROM TABLE(TUMBLE(TABLE small, DESCRIPTOR(wt), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
