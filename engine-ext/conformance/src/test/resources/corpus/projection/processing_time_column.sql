CREATE TABLE t (id INT, qty INT, price DECIMAL(10, 2), at_time AS PROCTIME()) WITH ('connector' = 'filesystem', 'path' = '${data}/computed.csv', 'format' = 'csv');
INSERT INTO results SELECT id, at_time IS NULL AS isn FROM t;
