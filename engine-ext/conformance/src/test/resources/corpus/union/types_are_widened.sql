-- tables: numbers
INSERT INTO results SELECT ti AS a, dec5 AS b, 'x' AS c FROM numbers UNION ALL SELECT bi, dec18, 'longer' FROM numbers UNION ALL SELECT i, i, 'y' FROM numbers;
