INSERT INTO results SELECT TRY_CAST(s AS DECIMAL(10, 2)) AS a FROM (VALUES ('t'), ('n')) AS v (s);
