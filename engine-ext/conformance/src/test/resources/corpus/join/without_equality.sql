-- tables: customers, logic
INSERT INTO results SELECT c.name, l.id FROM customers AS c JOIN logic AS l ON c.id - 10 < l.x;
