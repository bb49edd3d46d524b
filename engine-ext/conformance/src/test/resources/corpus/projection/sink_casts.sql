-- tables: numbers
CREATE TABLE out_t (a BIGINT, b DOUBLE, c DECIMAL(20, 4), d STRING, e DECIMAL(38, 12)) WITH ('connector' = 'print');
INSERT INTO out_t SELECT ti, f, dec5, 'x', dec5 FROM numbers WHERE id <> 5;
