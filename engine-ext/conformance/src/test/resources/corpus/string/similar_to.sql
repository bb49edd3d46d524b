-- tables: strings
INSERT INTO results SELECT id, s SIMILAR TO '(hello|aaa)' AS a, s SIMILAR TO '%l+%' AS b, s NOT SIMILAR TO '[a-z]*' AS c FROM strings;
