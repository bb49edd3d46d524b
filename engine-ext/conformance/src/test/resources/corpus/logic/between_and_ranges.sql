-- tables: numbers
INSERT INTO results SELECT id, i BETWEEN SYMMETRIC 100 AND -100 AS a, i NOT BETWEEN SYMMETRIC 13 AND -13 AS b, dec5 BETWEEN 0 AND dec18 AS c, NOT (i > 10 AND i < 1000) AS d1, (i, id) = (100, 1) AS e FROM numbers;
