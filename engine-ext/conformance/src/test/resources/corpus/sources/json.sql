-- tables: readings
INSERT INTO results SELECT * FROM readings;
