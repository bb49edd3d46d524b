-- tables: numbers
CREATE TABLE out_t (a SMALLINT, b INT, c FLOAT, d DECIMAL(6, 1), e VARCHAR(3), f TIMESTAMP(6)) WITH ('connector' = 'print');
INSERT INTO out_t SELECT ti, si, i, dec5, 'abcdef', TIMESTAMP '2024-01-01 00:00:00.123' FROM numbers;
