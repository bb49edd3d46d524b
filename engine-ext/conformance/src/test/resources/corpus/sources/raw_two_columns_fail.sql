-- fails
CREATE TABLE t (line STRING, more STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/lines.txt', 'format' = 'raw');
INSERT INTO results SELECT line FROM t;
