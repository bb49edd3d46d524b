-- tables: numbers
-- fails
CREATE TABLE out_t (a INT, b INT) WITH ('connector' = 'print');
INSERT INTO out_t SELECT i FROM numbers;
