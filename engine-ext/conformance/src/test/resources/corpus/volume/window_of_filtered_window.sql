-- tables: ticks
CREATE VIEW small AS SELECT k, window_time AS wt, SUM(v) AS s FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '2' MINUTE)) GROUP BY k, window_start, window_end, window_time HAVING COUNT(*) > 1;
INSERT INTO results SELECT window_end, MOD(k, 4) AS g, COUNT(*) AS n, MAX(s) AS hi, MIN(s) AS lo FROM TABLE(HOP(TABLE small, DESCRIPTOR(wt), INTERVAL '10' MINUTE, INTERVAL '30' MINUTE)) GROUP BY window_start, window_end, MOD(k, 4);
