-- tables: numbers
INSERT INTO results SELECT m FROM (SELECT MAX(i) AS m, COUNT(*) AS n FROM numbers) AS t WHERE n > 4;
