-- tables: numbers
CREATE TABLE out_t (n BIGINT, s INT) WITH ('connector' = 'print');
INSERT INTO results SELECT COUNT(*) AS a, SUM(i) AS b FROM (SELECT i FROM numbers UNION ALL SELECT i FROM numbers WHERE id > 100) AS t WHERE i IS NULL;
