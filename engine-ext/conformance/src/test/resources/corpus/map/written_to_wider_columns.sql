CREATE TABLE results (
  a MAP<STRING, BYTES>,
  b MAP<STRING, BIGINT>,
  c MAP<STRING, DOUBLE>,
  d MAP<STRING, DECIMAL(5, 2)>,
  e MAP<INT, STRING> NOT NULL,
  f MAP<STRING, INT>
) WITH ('connector' = 'print');

INSERT INTO results
SELECT MAP['a', X'01'], MAP['a', 1], MAP['a', 1], MAP['a', 1], MAP[1, 'x'], CAST(NULL AS MAP<STRING, INT>);
