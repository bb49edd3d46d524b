-- tables: ticks
INSERT INTO results SELECT word, window_start, window_end, COUNT(*) AS n, SUM(price) AS s, MIN(v) AS lo FROM TABLE(HOP(TABLE ticks, DESCRIPTOR(ts), INTERVAL '5' MINUTE, INTERVAL '15' MINUTE)) GROUP BY word, window_start, window_end;
