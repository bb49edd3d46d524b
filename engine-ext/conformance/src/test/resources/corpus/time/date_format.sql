-- tables: times
INSERT INTO results SELECT id, DATE_FORMAT(ts, 'yyyy-MM-dd HH:mm:ss') AS a, DATE_FORMAT(ts, 'dd.MM.yy') AS b, DATE_FORMAT(ts, 'yyyyMMdd''T''HHmmss.SSS') AS c, DATE_FORMAT(ts, 'EEE d MMM yyyy') AS d1, DATE_FORMAT(CAST(ts AS STRING), 'HH:mm') AS e, DATE_FORMAT(ts, 'yyyy') AS f1, DATE_FORMAT(ts, 'HH') AS g FROM times WHERE id NOT IN (7);
