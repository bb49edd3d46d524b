CREATE TABLE rnd (a INT, s STRING, d DECIMAL(5, 2), b BOOLEAN) WITH (
  'connector' = 'datagen', 'number-of-rows' = '200', 'fields.a.min' = '3', 'fields.a.max' = '5', 'fields.s.length' = '7');
INSERT INTO results SELECT COUNT(*) AS n, MIN(a) >= 3 AS lo, MAX(a) <= 5 AS hi, MIN(CHAR_LENGTH(s)) AS len, COUNT(s) AS ns FROM rnd;
