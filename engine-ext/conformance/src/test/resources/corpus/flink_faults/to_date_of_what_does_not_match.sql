INSERT INTO results SELECT s, TO_DATE(s, 'yyyy-MM') AS a FROM (VALUES ('x'), ('2024')) AS v (s);
