-- tables: strings
INSERT INTO results SELECT id, s || t AS a, s || '-' || v AS b, CONCAT(s, t, v) AS c, CONCAT_WS(',', s, t, v) AS d1, CONCAT_WS(t, s, v) AS e, c || v AS f1, CONCAT('a', 'b') AS g, CONCAT_WS('', s) AS h, s || CAST(n AS STRING) AS j FROM strings;
