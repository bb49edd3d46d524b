-- tables: readings
INSERT INTO results SELECT sensor, COUNT(*) AS n, MAX(temperature) AS t, SUM(samples) AS s, MAX(big) AS b FROM readings GROUP BY sensor;
