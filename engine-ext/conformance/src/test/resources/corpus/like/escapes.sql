-- tables: strings
INSERT INTO results SELECT id, s LIKE '100!%!_%' ESCAPE '!' AS a, v LIKE '50#%' ESCAPE '#' AS b, c LIKE 'a!_b!%' ESCAPE '!' AS d1, s LIKE '%\%' AS e, s LIKE '100\%%' ESCAPE '\' AS f1 FROM strings WHERE id <> 12;
