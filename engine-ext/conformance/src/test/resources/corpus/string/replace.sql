-- tables: strings
INSERT INTO results SELECT id, REPLACE(s, t, '<>') AS a, REPLACE(s, 'l', '') AS b, OVERLAY(s PLACING 'XX' FROM 2) AS c, OVERLAY(s PLACING 'XX' FROM 2 FOR 1) AS d1, TRANSLATE(s, 'lo', 'LO') AS e, TRANSLATE(s, 'abc', 'x') AS f1, OVERLAY(s PLACING '' FROM 1 FOR 2) AS g FROM strings;
