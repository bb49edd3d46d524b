-- tables: logic
INSERT INTO results SELECT id, x FROM logic WHERE id < 3 UNION ALL SELECT * FROM (VALUES (100, 1), (101, 2)) AS v (id, x);
