-- tables: ticks
INSERT INTO results SELECT a.n AS an, b.n AS bn, a.word FROM (SELECT * FROM ticks WHERE n <= 1500) AS a JOIN (SELECT * FROM ticks WHERE n > 4500) AS b ON a.k = b.k AND a.word = b.word;
