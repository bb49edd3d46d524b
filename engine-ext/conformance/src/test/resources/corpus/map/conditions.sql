INSERT INTO results
SELECT
  CASE WHEN v = 1 THEN MAP['a', v] ELSE MAP['bc', 2] END AS chosen,
  COALESCE(CASE WHEN v = 1 THEN MAP['a', v] END, MAP['b', v]) AS known
FROM (VALUES (1), (2)) AS t(v);
