CREATE TABLE t (ts TIMESTAMP(3), l TIMESTAMP_LTZ(3), d DATE, t TIME) WITH ('connector' = 'filesystem', 'path' = '${data}/iso.json', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601');
INSERT INTO results SELECT ts, l, d, t FROM t;
