INSERT INTO results
SELECT MAP['a', v]['z'] AS number, MAP['a', s]['z'] AS text FROM (VALUES (1, 'x')) AS t(v, s);
