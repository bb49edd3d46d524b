-- tables: events
INSERT INTO results SELECT k, DATE_FORMAT(window_start, 'HH:mm:ss') AS s, TIMESTAMPDIFF(SECOND, window_start, window_end) AS secs, COUNT(*) * 2 AS n2, COALESCE(SUM(v), 0) AS sv FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY k, window_start, window_end;
