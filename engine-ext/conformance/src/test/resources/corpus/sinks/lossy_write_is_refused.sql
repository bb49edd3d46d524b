-- tables: numbers
-- fails
CREATE TABLE out_t (a INT) WITH ('connector' = 'print');
INSERT INTO out_t SELECT s FROM (VALUES ('x')) AS v (s);
