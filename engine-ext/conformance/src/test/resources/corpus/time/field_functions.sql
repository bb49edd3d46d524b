-- tables: times
INSERT INTO results SELECT id, YEAR(d) AS a, QUARTER(d) AS b, MONTH(d) AS c, WEEK(d) AS d1, DAYOFYEAR(d) AS e, DAYOFMONTH(d) AS f1, DAYOFWEEK(d) AS g, HOUR(ts) AS h, MINUTE(ts) AS j, SECOND(ts) AS k FROM times WHERE id NOT IN (3, 6);
