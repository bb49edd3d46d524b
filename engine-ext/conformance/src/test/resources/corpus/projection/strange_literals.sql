-- tables: logic
INSERT INTO results SELECT id, '\u0022 + "' AS a, '*/ } // {' AS b, 'tab	tab' AS c, '${x} #{y}' AS d, '%s %d \\ \n' AS e, '日本語𝄞' AS f, '''' AS g, CHAR_LENGTH('𝄞') AS h FROM logic WHERE '\u0022' <> '"' AND id = 1;
