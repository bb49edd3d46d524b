-- tables: logic
INSERT INTO results SELECT id, a = b AS c1, a <> b AS c2, a = TRUE AS c3, b <> TRUE AS c4, a IS DISTINCT FROM b AS c5, a IS NOT DISTINCT FROM b AS c6 FROM logic;
