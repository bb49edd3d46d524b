-- tables: customers
CREATE TABLE out_t (name STRING, id BIGINT, score DOUBLE, note STRING) WITH ('connector' = 'print');
INSERT INTO out_t (id, name) SELECT id, name FROM customers;
