-- fails
CREATE TABLE t (a STRING, b STRING, c INT, d INT) WITH (
  'connector' = 'filesystem', 'path' = '${data}/quotes.csv', 'format' = 'csv');
INSERT INTO results SELECT a, b, c, d FROM t;
