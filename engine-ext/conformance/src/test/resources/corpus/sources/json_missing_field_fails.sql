-- fails
CREATE TABLE t (a INT, zz STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/readings.json', 'format' = 'json', 'json.fail-on-missing-field' = 'true');
INSERT INTO results SELECT a, zz FROM t;
