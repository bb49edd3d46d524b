-- tables: times
INSERT INTO results SELECT MIN(d) AS a, MAX(t) AS b, MIN(ts) AS c, MAX(ts6) AS e, MIN(CAST(ts AS STRING)) AS f1, MAX(DATE_FORMAT(ts, 'EEE')) AS g FROM times;
