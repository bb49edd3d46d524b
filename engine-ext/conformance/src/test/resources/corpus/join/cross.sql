-- tables: customers, logic
INSERT INTO results SELECT c.name, l.id FROM customers AS c CROSS JOIN logic AS l WHERE l.id < 3;
