-- tables: ticks
INSERT INTO results SELECT MOD(k, 5) AS g, window_start, window_end, COUNT(*) AS n, AVG(price) AS s, MAX(word) AS hi FROM TABLE(CUMULATE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '10' MINUTE, INTERVAL '1' HOUR)) GROUP BY MOD(k, 5), window_start, window_end;
