-- tables: numbers
-- fails
INSERT INTO results SELECT id, i / si AS a FROM numbers;
