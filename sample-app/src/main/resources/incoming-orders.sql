-- Orders arrive: each row of TPC-H's orders starts an instance of the process "order".
-- The sample application sets rows-per-second from its property sample.orders-per-second.

SET 'pipeline.name' = 'incoming-orders';
SET 'millrace.start' = 'on-deployment';

CREATE TABLE orders (
  o_orderkey   BIGINT,
  o_custkey    BIGINT,
  o_totalprice DECIMAL(15, 2)
) WITH (
  'connector' = 'tpch',
  'table' = 'orders',
  'scale-factor' = '1',
  'rows-per-second' = '0.5'
);

CREATE TABLE order_process (
  businessKey STRING,
  orderKey    BIGINT,
  customer    BIGINT,
  amount      DOUBLE,
  sku         BIGINT,
  quantity    INT,
  region      STRING
) WITH (
  'connector' = 'process-start',
  'process-definition-key' = 'order',
  'business-key-column' = 'businessKey'
);

INSERT INTO order_process
SELECT CAST(o_orderkey AS STRING),
       o_orderkey,
       MOD(o_custkey, 100) + 1,
       CAST(o_totalprice AS DOUBLE),
       MOD(o_custkey, 12) + 1,
       CAST(MOD(o_custkey + o_orderkey, 10) + 1 AS INT),
       CASE MOD(o_orderkey, 5)
         WHEN 0 THEN 'AFRICA'
         WHEN 1 THEN 'AMERICA'
         WHEN 2 THEN 'ASIA'
         WHEN 3 THEN 'EUROPE'
         ELSE 'MIDDLE EAST'
       END
FROM orders;
