-- tables: ticks
INSERT INTO results SELECT n, k, v, price, word, CAST(ts AS STRING) AS at_time FROM ticks WHERE MOD(n, 3) = 0 AND price > 100;
