-- Does the carrier of the region take so many pieces? A region without carrier takes none.

CREATE TABLE this_order (
  quantity INT,
  region   STRING
) WITH (
  'connector' = 'process-variables'
);

CREATE TABLE carriers (
  region       STRING,
  carrier      STRING,
  max_quantity INT
) WITH (
  'connector' = 'jdbc',
  'connection' = 'engine',
  'table-name' = 'carriers'
);

CREATE TABLE handover (
  carrier  STRING,
  accepted BOOLEAN
) WITH (
  'connector' = 'process-variables'
);

INSERT INTO handover
SELECT COALESCE(c.carrier, 'none'), COALESCE(o.quantity <= c.max_quantity, FALSE)
FROM this_order AS o
LEFT JOIN carriers AS c ON c.region = o.region;
