-- tables: events
INSERT INTO results SELECT window_start, COUNT(*) AS n, COUNT(v) AS nv, COUNT(DISTINCT k) AS nk, SUM(amount) AS s, MIN(v) AS lo, MAX(amount) AS hi, AVG(v) AS m, SUM(DISTINCT v) AS ds, COUNT(*) FILTER (WHERE v > 2) AS f FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY window_start, window_end;
