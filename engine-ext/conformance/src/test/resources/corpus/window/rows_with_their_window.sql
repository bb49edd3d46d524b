-- tables: events
INSERT INTO results SELECT id, k, CAST(ts AS TIMESTAMP(3)) AS ts, window_start, window_end, window_time FROM TABLE(HOP(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '20' SECOND));
