CREATE TABLE `select` (`from` INT, `a b` STRING, `ü` INT) WITH (
  'connector' = 'filesystem', 'path' = '${data}/quoted.csv', 'format' = 'csv');
INSERT INTO results SELECT `from`, `a b` AS `x y`, `t`.`ü` AS `ü` FROM `select` AS `t` WHERE `a b` <> 'no';
