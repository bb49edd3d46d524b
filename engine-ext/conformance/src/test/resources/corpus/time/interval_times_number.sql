-- tables: times
INSERT INTO results SELECT id, ts + INTERVAL '1' HOUR * 3 AS a, d + INTERVAL '1' DAY * id AS b, ts - id * INTERVAL '10' SECOND AS c FROM times WHERE id <> 7;
