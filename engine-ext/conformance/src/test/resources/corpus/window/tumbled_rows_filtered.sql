-- tables: events
INSERT INTO results SELECT id, v, window_end, TIMESTAMPDIFF(SECOND, window_start, ts) AS into_it FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) WHERE v > 2;
