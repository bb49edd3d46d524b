-- tables: numbers
-- fails
INSERT INTO results SELECT id, dec18 / dec5 AS a, i / dec5 AS b FROM numbers;
