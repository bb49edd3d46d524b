-- tables: orders
CREATE VIEW totals AS SELECT customer_id, SUM(qty) AS q FROM orders GROUP BY customer_id;
CREATE TABLE one_t (id INT, q INT) WITH ('connector' = 'print', 'print-identifier' = 'one');
CREATE TABLE two_t (q INT, n BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'two');
EXECUTE STATEMENT SET BEGIN
INSERT INTO one_t SELECT * FROM totals;
INSERT INTO two_t SELECT q, COUNT(*) FROM totals GROUP BY q;
END;
