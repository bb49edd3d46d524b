-- tables: times
INSERT INTO results SELECT id, FLOOR(t TO HOUR) AS a, FLOOR(t TO MINUTE) AS b, CEIL(t TO MINUTE) AS c FROM times WHERE id NOT IN (3, 6, 7);
