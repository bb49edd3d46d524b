-- tables: times
SET 'table.local-time-zone' = 'America/New_York';
INSERT INTO results SELECT id, TO_TIMESTAMP_LTZ(e, 0) AS a, TO_TIMESTAMP_LTZ(e * 1000, 3) AS b, FROM_UNIXTIME(e) AS c, FROM_UNIXTIME(e, 'yyyy/MM/dd HH') AS d1, UNIX_TIMESTAMP('2024-01-02 03:04:05') AS g, UNIX_TIMESTAMP('02.01.2024', 'dd.MM.yyyy') AS h, CONVERT_TZ('2024-01-01 00:00:00', 'UTC', 'America/Los_Angeles') AS j, UNIX_TIMESTAMP(CAST(ts0 AS STRING)) AS k FROM times WHERE id <> 7;
