-- tables: numbers
INSERT INTO results SELECT id, CASE WHEN b THEN i ELSE bi END AS c1, CASE WHEN b THEN dec5 ELSE dec18 END AS c2, CASE WHEN b THEN ti ELSE d END AS c3, CASE WHEN b THEN dec5 ELSE i END AS c4, CASE WHEN b THEN f ELSE dec5 END AS c5, COALESCE(dec5, dec38) AS c6, COALESCE(ti, si, i, bi) AS c7 FROM numbers;
