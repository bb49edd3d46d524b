-- tables: ticks
CREATE TABLE w_t (k BIGINT, we TIMESTAMP(3), n BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'w');
CREATE TABLE g_t (word STRING, n BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'g');
CREATE TABLE r_t (n BIGINT, v INT) WITH ('connector' = 'print', 'print-identifier' = 'r');
EXECUTE STATEMENT SET BEGIN
INSERT INTO w_t SELECT k, window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '30' MINUTE)) GROUP BY k, window_start, window_end;
INSERT INTO g_t SELECT word, COUNT(*) FROM ticks GROUP BY word;
INSERT INTO r_t SELECT n, v FROM ticks WHERE MOD(n, 100) = 0;
END;
