CREATE TABLE seq (n BIGINT, m INT) WITH (
  'connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '50',
  'fields.m.kind' = 'sequence', 'fields.m.start' = '101', 'fields.m.end' = '200');
INSERT INTO results SELECT n, m, n * m AS p FROM seq WHERE MOD(n, 7) = 0;
