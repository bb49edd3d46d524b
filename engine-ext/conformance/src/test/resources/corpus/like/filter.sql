-- tables: strings
INSERT INTO results SELECT id, s FROM strings WHERE s LIKE '%a%' AND v NOT LIKE 'z%' OR s LIKE '%ü%';
