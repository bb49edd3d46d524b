-- tables: strings
INSERT INTO results SELECT id, s LIKE t AS a, s LIKE '%' || t || '%' AS b, v LIKE s AS c FROM strings WHERE id < 12;
