-- tables: ticks
CREATE VIEW both_v AS SELECT ts, v, 'a' AS src FROM ticks WHERE MOD(n, 2) = 0 UNION ALL SELECT ts, v * 2, 'b' FROM ticks WHERE MOD(n, 3) = 0;
INSERT INTO results SELECT src, window_end, SUM(v) AS s, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE both_v, DESCRIPTOR(ts), INTERVAL '20' MINUTE)) GROUP BY src, window_start, window_end;
