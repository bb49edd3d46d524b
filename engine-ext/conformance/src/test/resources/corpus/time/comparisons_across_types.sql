-- tables: times
INSERT INTO results SELECT id, ts = ts6 AS c, ts0 <= ts AS d1, ts BETWEEN ts0 AND ts0 + INTERVAL '1' DAY AS e FROM times;
