-- fails
CREATE TABLE results (a MAP<STRING, BYTES>) WITH ('connector' = 'print');
INSERT INTO results SELECT MAP['a', 'b'];
