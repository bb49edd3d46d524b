-- refused: a map of DECIMAL(30, 3)
INSERT INTO results SELECT MAP['a', CAST(1.5 AS DECIMAL(30, 3))]['a'] AS x;
