-- Finds the carrier of the region and books a shipment with it.

CREATE TABLE this_order (
  orderKey BIGINT,
  sku      BIGINT,
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

CREATE TABLE shipments (
  order_key BIGINT,
  sku       BIGINT,
  quantity  INT,
  carrier   STRING
) WITH (
  'connector' = 'jdbc',
  'connection' = 'engine',
  'table-name' = 'shipments'
);

INSERT INTO shipments
SELECT o.orderKey, o.sku, o.quantity, c.carrier
FROM this_order AS o
JOIN carriers AS c ON c.region = o.region;
