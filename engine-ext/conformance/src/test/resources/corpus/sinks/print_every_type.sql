-- tables: numbers, times, strings
CREATE TABLE a_t (ti TINYINT, si SMALLINT, i INT, bi BIGINT, f FLOAT, d DOUBLE, dec5 DECIMAL(5, 2), dec38 DECIMAL(38, 10), b BOOLEAN) WITH ('connector' = 'print', 'print-identifier' = 'a');
CREATE TABLE b_t (d DATE, t TIME, ts TIMESTAMP(3), ts6 TIMESTAMP(6), ts0 TIMESTAMP(0), l TIMESTAMP_LTZ(3), l0 TIMESTAMP_LTZ(0)) WITH ('connector' = 'print', 'print-identifier' = 'b');
CREATE TABLE c_t (s STRING, v VARCHAR(12), c CHAR(4), bs BYTES) WITH ('connector' = 'print', 'print-identifier' = 'c');
EXECUTE STATEMENT SET BEGIN
INSERT INTO a_t SELECT ti, si, i, bi, f, d, dec5, dec38, b FROM numbers;
INSERT INTO b_t SELECT d, t, ts, ts6, ts0, TO_TIMESTAMP_LTZ(e * 1000, 3), TO_TIMESTAMP_LTZ(e, 0) FROM times;
INSERT INTO c_t SELECT s, v, c, ENCODE(s, 'UTF-8') FROM strings;
END;
