-- fails
INSERT INTO results SELECT MAP['a', 1][1] AS taken;
