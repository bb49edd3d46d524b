-- tables: orders
INSERT INTO results SELECT n, LISTAGG(item, '+') AS items FROM (SELECT item, COUNT(*) AS n FROM orders WHERE item IS NOT NULL GROUP BY item) AS t WHERE item = 'cup' GROUP BY n;
