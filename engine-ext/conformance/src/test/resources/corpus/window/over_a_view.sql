-- tables: events
CREATE VIEW doubled AS SELECT ts, UPPER(k) AS kk, v * 2 AS w FROM events WHERE id <> 7;
INSERT INTO results SELECT kk, window_start, window_end, SUM(w) AS s FROM TABLE(TUMBLE(TABLE doubled, DESCRIPTOR(ts), INTERVAL '15' SECOND)) GROUP BY kk, window_start, window_end;
