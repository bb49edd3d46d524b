-- tables: numbers
INSERT INTO results SELECT id, i FROM numbers WHERE i > 0 AND d < 1000 OR dec5 < -1;
