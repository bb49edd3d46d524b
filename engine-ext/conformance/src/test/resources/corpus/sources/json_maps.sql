CREATE TABLE maps (
  id INT,
  texts MAP<STRING, STRING>,
  numbers MAP<STRING, BIGINT>,
  binaries MAP<STRING, BYTES>,
  nested MAP<STRING, MAP<STRING, BOOLEAN>>,
  dates MAP<STRING, DATE>
) WITH ('connector' = 'filesystem', 'path' = '${data}/maps.json', 'format' = 'json');

INSERT INTO results
SELECT id, texts, numbers, binaries, nested, dates, texts['b'] AS b, numbers['two'] AS two, nested['o']['i'] AS i,
  CAST(binaries['k'] AS STRING) AS k, CARDINALITY(texts) AS size
FROM maps;
