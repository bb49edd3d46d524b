-- tables: times
INSERT INTO results SELECT id FROM times WHERE d > '2000-01-01' AND ts < '2024-03-01 00:00:00';
