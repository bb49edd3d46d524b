-- tables: customers, numbers
INSERT INTO results SELECT c.name, n.id FROM customers AS c JOIN numbers AS n ON c.credit = n.dec5;
