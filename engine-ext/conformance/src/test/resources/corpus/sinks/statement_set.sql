-- tables: orders
CREATE TABLE dear (id INT, price DECIMAL(10, 2)) WITH ('connector' = 'print', 'print-identifier' = 'dear');
CREATE TABLE cheap (id INT, item STRING) WITH ('connector' = 'print', 'print-identifier' = 'cheap');
CREATE TABLE counts (status STRING, n BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'counts');
EXECUTE STATEMENT SET BEGIN
INSERT INTO dear SELECT order_id, price FROM orders WHERE price >= 10;
INSERT INTO cheap SELECT order_id, item FROM orders WHERE price < 10;
INSERT INTO counts SELECT status, COUNT(*) FROM orders GROUP BY status;
END;
