-- tables: orders
SET 'table.exec.sink.not-null-enforcer' = 'DROP';
CREATE TABLE strict_t (id INT, item STRING NOT NULL) WITH ('connector' = 'print');
INSERT INTO strict_t SELECT order_id, item FROM orders;
