-- refused: TIMESTAMP(9)
CREATE TABLE t (id INT, ts TIMESTAMP(9)) WITH ('connector' = 'filesystem', 'path' = '${data}/nanos.csv', 'format' = 'csv');
INSERT INTO results SELECT id, ts FROM t;
