-- tables: numbers
INSERT INTO results SELECT a + 1 AS b, c FROM (SELECT i + 1 AS a, c FROM (SELECT i, bi AS c FROM numbers WHERE id <> 4) WHERE c > -50000) AS q WHERE a IS NOT NULL;
