-- fails
CREATE TABLE maps (numbers MAP<INT, BIGINT>)
WITH ('connector' = 'filesystem', 'path' = '${data}/maps.json', 'format' = 'json');

INSERT INTO results SELECT numbers FROM maps;
