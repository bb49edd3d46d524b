-- fails
CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/broken.json', 'format' = 'json');
INSERT INTO results SELECT a, b FROM t;
