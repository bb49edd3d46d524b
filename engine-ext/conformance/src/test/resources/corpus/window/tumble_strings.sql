-- tables: events
INSERT INTO results SELECT window_end, MIN(k) AS a, MAX(k) AS b, COUNT(k) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '30' SECOND)) GROUP BY window_start, window_end;
