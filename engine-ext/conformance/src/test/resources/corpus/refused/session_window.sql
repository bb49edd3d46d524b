-- tables: events
-- refused: SESSION
INSERT INTO results SELECT window_start, COUNT(*) AS n FROM TABLE(SESSION(TABLE events, DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY window_start, window_end;
