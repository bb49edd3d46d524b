-- fails
CREATE TABLE t (a INT, b STRING, c INT) WITH (
  'connector' = 'filesystem', 'path' = '${data}/quotes.csv', 'format' = 'csv');
INSERT INTO results SELECT a, b, c FROM t;
