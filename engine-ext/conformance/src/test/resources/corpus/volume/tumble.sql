-- tables: ticks
INSERT INTO results SELECT k, window_start, COUNT(*) AS n, SUM(v) AS s, MAX(price) AS p, COUNT(DISTINCT word) AS d FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY k, window_start, window_end;
