-- Takes the ordered quantity out of the stock.
-- qty is additive: orders of the same article commute, and undoing one adds back exactly what it took.
-- The table's own CHECK (qty >= 0) decides whether the stock suffices.

CREATE TABLE this_order (
  sku      BIGINT,
  quantity INT
) WITH (
  'connector' = 'process-variables'
);

CREATE TABLE stock (
  sku BIGINT,
  qty INT,
  PRIMARY KEY (sku) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'connection' = 'engine',
  'table-name' = 'stock',
  'sink.additive-columns' = 'qty'
);

INSERT INTO stock
SELECT sku, -quantity FROM this_order;
