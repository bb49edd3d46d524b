CREATE TABLE out_rows (a STRING, b INT, PRIMARY KEY (a, b) NOT ENFORCED) WITH ('connector' = 'upsert');
EXECUTE STATEMENT SET BEGIN
INSERT INTO out_rows SELECT DISTINCT customer, qty FROM orders;
INSERT INTO out_rows WITH big AS (SELECT * FROM orders WHERE qty > 10) SELECT customer, MAX(qty) FROM big GROUP BY customer;
INSERT INTO out_rows SELECT item, 1 FROM prices UNION SELECT name, discount FROM customers;
END;
