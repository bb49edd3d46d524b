-- tables: numbers
-- fails
CREATE TABLE out_t (a TINYINT, b INT) WITH ('connector' = 'print');
INSERT INTO out_t SELECT i, bi FROM numbers WHERE id < 4;
