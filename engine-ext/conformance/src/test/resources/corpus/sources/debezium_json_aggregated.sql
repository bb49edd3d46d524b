CREATE TABLE t (id INT, name STRING, price DECIMAL(10, 2)) WITH ('connector' = 'filesystem', 'path' = '${data}/changes.json', 'format' = 'debezium-json');
INSERT INTO results SELECT COUNT(*), SUM(price), MAX(id) FROM t;
