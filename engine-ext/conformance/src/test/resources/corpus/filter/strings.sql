-- tables: strings
INSERT INTO results SELECT id, s < t AS a, s = 'hello' AS b, v >= 'a' AS c, s <> '' AS d, c = 'abcd' AS e, s BETWEEN 'a' AND 'i' AS f FROM strings WHERE s > 'M' OR s = '' OR s IS NULL;
