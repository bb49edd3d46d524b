-- tables: events
CREATE VIEW counts AS SELECT k, window_end AS we, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end;
CREATE VIEW totals AS SELECT window_end AS we, SUM(v) AS s FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;
INSERT INTO results SELECT c.k, c.we, c.n, t.s FROM counts AS c LEFT JOIN totals AS t ON c.we = t.we;
