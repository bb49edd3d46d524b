CREATE TABLE out_rows (name STRING, id BIGINT, city STRING) WITH ('connector' = 'append');
CREATE VIEW named AS SELECT customer AS name, id FROM orders;
INSERT INTO out_rows SELECT name, id, city FROM named JOIN customers USING (name);
