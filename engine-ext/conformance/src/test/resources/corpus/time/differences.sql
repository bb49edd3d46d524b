-- tables: times
INSERT INTO results SELECT id, ts > ts6 - INTERVAL '1' SECOND AS a, (d + INTERVAL '1' DAY) > DATE '2024-01-01' AS b, ts + INTERVAL '0.5' SECOND AS c FROM times WHERE id <> 7;
