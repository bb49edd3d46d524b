-- tables: strings
INSERT INTO results SELECT id, REGEXP(s, '[a-e]+') AS a, REGEXP_REPLACE(s, '[aeiou]', '_') AS b, REGEXP_EXTRACT(s, '(\w+) (\w+)', 2) AS c, REGEXP_EXTRACT(s, '^h.*') AS d1, REGEXP_REPLACE(s, '(l+)', '<$1>') AS e, REGEXP(s, '^$') AS f1, REGEXP_EXTRACT(s, '(x)', 1) AS g FROM strings;
