-- tables: times
INSERT INTO results SELECT id, CEIL(ts TO YEAR) AS a, CEIL(ts TO MONTH) AS b, CEIL(ts TO DAY) AS c, CEIL(ts TO HOUR) AS d1, CEIL(ts TO MINUTE) AS e, CEIL(ts TO SECOND) AS f1, CEIL(d TO MONTH) AS g, CEIL(d TO YEAR) AS h FROM times WHERE id NOT IN (3, 6, 7);
