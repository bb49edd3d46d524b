-- tables: events
INSERT INTO results SELECT window_end, FIRST_VALUE(k) AS a, LAST_VALUE(v) AS b, LISTAGG(k) AS c FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '30' SECOND)) GROUP BY window_start, window_end;
