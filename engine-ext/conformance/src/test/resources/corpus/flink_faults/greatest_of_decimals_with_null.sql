-- tables: numbers
INSERT INTO results SELECT id, GREATEST(dec5, dec18) AS c FROM numbers;
