-- tables: numbers, customers
INSERT INTO results SELECT n.id, c.name FROM numbers AS n JOIN customers AS c ON n.bi = c.id * 100 OR n.si = c.id;
