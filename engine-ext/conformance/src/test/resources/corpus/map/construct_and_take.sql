INSERT INTO results
SELECT
  MAP['a', 1, 'b', 2] AS ints,
  MAP['b', 1, 'a', 2, 'b', 3] AS twice,
  MAP['b', 1, 'a', 2, 'b', 3]['b'] AS last_of_twice,
  CARDINALITY(MAP['b', 1, 'a', 2, 'b', 3]) AS size_of_twice,
  MAP['a', X'01', 'bcd', X'0203'] AS binaries,
  MAP['a', X'01', 'bcd', X'0203']['bcd'] AS some_bytes,
  MAP['trace-one', 'x', 'b', 'y', 'alpha', 'z', 'gamma', 'w'] AS texts,
  MAP['a', 'xyz', 'b', 'x']['b'] AS text,
  MAP[1, 2.5, 3, 4] AS decimals,
  MAP[1, 2.5, 3, 4][3] AS a_decimal,
  MAP['a', MAP['b', 1]] AS maps,
  MAP['a', MAP['b', 1]]['a']['b'] AS nested;
