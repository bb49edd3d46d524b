CREATE TABLE t (line STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/lines.txt', 'format' = 'raw');
INSERT INTO results SELECT line, CHAR_LENGTH(line) FROM t;
