-- tables: strings
INSERT INTO results SELECT id, ASCII(s) AS a, CHR(65 + id) AS b, ASCII('') AS c, SPLIT_INDEX(s, '.', 1) AS d1, SPLIT_INDEX(s, 'l', 0) AS e, SPLIT_INDEX(s, ' ', 5) AS f1, STARTSWITH(s, 'h') AS g, ENDSWITH(s, 'o') AS h, STARTSWITH(s, t) AS j, ENDSWITH(s, '') AS k FROM strings;
