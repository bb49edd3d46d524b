CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/broken.json', 'format' = 'json', 'json.ignore-parse-errors' = 'true');
INSERT INTO results SELECT a, b FROM t;
