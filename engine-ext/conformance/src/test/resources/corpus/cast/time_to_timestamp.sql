-- tables: times
INSERT INTO results SELECT id, CAST(t AS TIME(0)) AS a, CAST(ts AS TIME(0)) AS b, t FROM times WHERE id NOT IN (3, 6);
