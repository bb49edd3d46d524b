-- tables: numbers
INSERT INTO results SELECT id, BIN(ti) AS a, BIN(i) AS b, HEX(i) AS c, HEX(bi) AS d1, HEX('hé') AS e, BIN(bi) AS f1 FROM numbers;
