-- tables: ticks
INSERT INTO results SELECT DISTINCT word, MOD(k, 3) AS m FROM ticks;
