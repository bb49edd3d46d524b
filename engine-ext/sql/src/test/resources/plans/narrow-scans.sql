CREATE TABLE clicks (id BIGINT, page STRING, n INT, t TIMESTAMP(3), site STRING, WATERMARK FOR t AS t) WITH ('connector' = 'stream');
CREATE TABLE out_rows (w TIMESTAMP(3), page STRING, n BIGINT) WITH ('connector' = 'any');
INSERT INTO out_rows (w, n)
SELECT window_start, n
FROM TABLE(HOP(DATA => TABLE clicks, TIMECOL => DESCRIPTOR(t), SLIDE => INTERVAL '5' SECOND, SIZE => INTERVAL '10' SECOND));
INSERT INTO out_rows (page, n)
SELECT page, COUNT(*) FILTER (WHERE n > 2) FROM clicks GROUP BY page;
INSERT INTO out_rows (n)
SELECT COUNT(*) FROM payments;
