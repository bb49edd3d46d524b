-- tables: logic
INSERT INTO results SELECT id, a AND b AS c1, a OR b AS c2, NOT a AS c3, a AND NOT b AS c4, NOT (a OR b) AS c5, (a AND b) OR (NOT a AND NOT b) AS c6 FROM logic;
