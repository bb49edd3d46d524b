-- tables: logic
INSERT INTO results SELECT id FROM logic WHERE a AND NOT b OR b IS NULL;
