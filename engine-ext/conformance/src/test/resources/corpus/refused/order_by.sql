-- tables: events
-- refused: ORDER BY
INSERT INTO results SELECT id, CAST(ts AS STRING) AS t FROM events ORDER BY ts;
