-- tables: numbers, customers
INSERT INTO results SELECT n.id, c.name FROM numbers AS n JOIN customers AS c ON n.si = c.id LEFT JOIN customers AS d ON n.dec5 = d.credit;
