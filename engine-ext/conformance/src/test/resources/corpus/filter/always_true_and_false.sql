-- tables: logic
INSERT INTO results SELECT id, 1 = 1 AS t, 1 = 2 AS f, a OR TRUE AS o, a AND FALSE AS n FROM logic WHERE 1 = 1 AND 'a' <> 'b';
