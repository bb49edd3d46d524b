CREATE TABLE docs (id INT, j STRING) WITH (
  'connector' = 'filesystem', 'path' = '${data}/docs.csv', 'format' = 'csv', 'csv.field-delimiter' = '|', 'csv.disable-quote-character' = 'true', 'csv.null-literal' = 'NULL');
INSERT INTO results SELECT id, JSON_VALUE(j, '$.a') AS a, JSON_VALUE(j, '$.b.c' RETURNING INT) AS b, JSON_EXISTS(j, '$.a') AS c, j IS JSON AS d1, JSON_VALUE(j, '$.l[1]') AS e, JSON_VALUE(j, 'lax $.x' DEFAULT 'none' ON EMPTY) AS f1 FROM docs WHERE id NOT IN (4, 6);
