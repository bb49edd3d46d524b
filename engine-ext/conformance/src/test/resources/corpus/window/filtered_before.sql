-- tables: events
INSERT INTO results SELECT window_start, k, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)) WHERE k <> 'b' AND v IS NOT NULL GROUP BY window_start, window_end, k;
