-- fails
INSERT INTO results SELECT CAST(MAP['a', 'x'] AS MAP<STRING, INT>) AS parsed;
