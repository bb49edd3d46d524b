-- tables: customers
INSERT INTO results SELECT c.*, c.id AS again, UPPER(c.name) AS shout FROM customers AS c;
