-- tables: numbers
-- fails
INSERT INTO results SELECT id, MOD(i, si) AS a FROM numbers;
