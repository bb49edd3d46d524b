-- tables: strings
INSERT INTO results SELECT id, POSITION(t IN s) AS a, LOCATE(t, s) AS b, LOCATE('l', s, 4) AS c, INSTR(s, t) AS d1, POSITION('' IN s) AS e, LOCATE('a', s, n) AS f1, INSTR(s, 'l') AS g FROM strings;
