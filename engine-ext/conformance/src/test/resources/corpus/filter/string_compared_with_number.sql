-- tables: strings
-- fails
INSERT INTO results SELECT id FROM strings WHERE n = '2';
