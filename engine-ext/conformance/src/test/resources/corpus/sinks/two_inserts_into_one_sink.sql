-- tables: orders, customers
CREATE TABLE both_t (id INT, label STRING) WITH ('connector' = 'print');
EXECUTE STATEMENT SET BEGIN
INSERT INTO both_t SELECT order_id, item FROM orders;
INSERT INTO both_t SELECT id, name FROM customers;
END;
