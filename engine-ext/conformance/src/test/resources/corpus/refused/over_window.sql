-- tables: events
-- refused: OVER
INSERT INTO results SELECT id, SUM(v) OVER (PARTITION BY k ORDER BY ts) AS s FROM events;
