CREATE TABLE t (a STRING, b INT, c STRING) WITH (
  'connector' = 'filesystem', 'path' = '${data}/options.csv', 'format' = 'csv',
  'csv.field-delimiter' = ';', 'csv.quote-character' = '|', 'csv.allow-comments' = 'true', 'csv.ignore-parse-errors' = 'true', 'csv.null-literal' = 'n/a');
INSERT INTO results SELECT a, b, c FROM t;
