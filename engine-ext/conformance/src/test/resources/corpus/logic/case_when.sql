-- tables: logic
INSERT INTO results SELECT id, CASE WHEN a THEN 'yes' WHEN b THEN 'maybe' ELSE 'no' END AS c1, CASE x WHEN 1 THEN 'one' WHEN 2 THEN 'two' END AS c2, CASE WHEN x > y THEN x WHEN y > x THEN y ELSE 0 END AS c3, CASE WHEN a IS NULL THEN 1.5 ELSE 2 END AS c4, CASE WHEN x = y THEN NULL ELSE x + y END AS c5, CASE WHEN a THEN 'a' ELSE 'longer' END AS c6 FROM logic;
