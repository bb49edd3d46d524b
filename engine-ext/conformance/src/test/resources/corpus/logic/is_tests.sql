-- tables: logic
INSERT INTO results SELECT id, a IS TRUE AS c1, a IS NOT TRUE AS c2, a IS FALSE AS c3, a IS NOT FALSE AS c4, a IS UNKNOWN AS c5, a IS NOT UNKNOWN AS c6, (x = y) IS TRUE AS c7, (x < y) IS NOT FALSE AS c8 FROM logic;
