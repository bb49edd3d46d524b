-- tables: orders
CREATE TABLE a_t (n BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'a');
CREATE TABLE b_t (item STRING, n BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'b');
EXECUTE STATEMENT SET BEGIN
INSERT INTO a_t SELECT COUNT(*) FROM orders;
INSERT INTO b_t SELECT o.item, c.n FROM orders AS o JOIN (SELECT item, COUNT(*) AS n FROM orders GROUP BY item) AS c ON o.item = c.item;
END;
