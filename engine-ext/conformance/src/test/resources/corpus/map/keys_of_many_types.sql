INSERT INTO results
SELECT
  MAP[5, 'x', 6, 'y'][CAST(5 AS BIGINT)] AS a,
  MAP[CAST(5 AS BIGINT), 'x'][5] AS b,
  MAP[1.5, 'x'][1.5] AS c,
  MAP[X'01', 'x'][X'01'] AS d,
  MAP[DATE '2020-01-01', 'x'][DATE '2020-01-01'] AS e,
  MAP[TRUE, 1][TRUE] AS f,
  MAP['a', TRUE, 'b', FALSE]['b'] AS g,
  MAP['a', DATE '2020-01-02'] AS h,
  MAP['a', TIMESTAMP '2020-01-02 03:04:05'] AS i,
  MAP['a', CAST(1.5 AS DOUBLE)]['a'] AS j,
  MAP['a', CAST(2.5 AS FLOAT)]['a'] AS k;
