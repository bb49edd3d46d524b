-- tables: strings
INSERT INTO results SELECT id, UPPER(s) AS a, LOWER(s) AS b, CHAR_LENGTH(s) AS c, CHARACTER_LENGTH(v) AS d1, INITCAP(s) AS e, REVERSE(s) AS f1, UPPER(v) AS g, LOWER(c) AS h, CHAR_LENGTH(c) AS j FROM strings;
