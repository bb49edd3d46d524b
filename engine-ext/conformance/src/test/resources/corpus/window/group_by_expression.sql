-- tables: events
INSERT INTO results SELECT UPPER(k) AS u, v > 4 AS big, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '30' SECOND)) GROUP BY window_start, window_end, UPPER(k), v > 4;
