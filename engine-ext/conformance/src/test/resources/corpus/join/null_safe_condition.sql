-- tables: logic
INSERT INTO results SELECT a.id AS l, b.id AS r FROM logic AS a JOIN logic AS b ON a.id = b.id AND a.x IS NOT DISTINCT FROM b.y;
