-- tables: numbers
INSERT INTO results SELECT b, SUM(dec38) AS a FROM numbers GROUP BY b;
