-- Books the amount to the customer. One charge for an order: a second one violates the primary key.

CREATE TABLE this_order (
  orderKey BIGINT,
  customer BIGINT,
  amount   DOUBLE
) WITH (
  'connector' = 'process-variables'
);

CREATE TABLE charges (
  order_key BIGINT,
  customer  BIGINT,
  amount    DECIMAL(15, 2)
) WITH (
  'connector' = 'jdbc',
  'connection' = 'engine',
  'table-name' = 'charges'
);

INSERT INTO charges
SELECT orderKey, customer, CAST(amount AS DECIMAL(15, 2)) FROM this_order;
