-- tables: orders
CREATE TABLE keyed_t (item STRING, q INT, PRIMARY KEY (item) NOT ENFORCED) WITH ('connector' = 'print');
INSERT INTO keyed_t SELECT item, SUM(qty) FROM orders WHERE item IS NOT NULL GROUP BY item;
