-- tables: logic
INSERT INTO results SELECT id, x FROM logic WHERE x = 1 UNION ALL SELECT id, y FROM logic WHERE y = 1;
