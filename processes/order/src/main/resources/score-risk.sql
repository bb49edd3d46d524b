-- How far is this order above what its customer spends in a good month? 0: not at all; 100: beyond all bounds.

CREATE TABLE this_order (
  customer BIGINT,
  amount   DOUBLE
) WITH (
  'connector' = 'process-variables'
);

-- The table is read in no particular order: the watermark trails by longer than the history reaches back,
-- so that no row is late; the end of the table closes all windows.
CREATE TABLE order_history (
  customer   BIGINT,
  ordered_at TIMESTAMP(3),
  amount     DECIMAL(15, 2),
  WATERMARK FOR ordered_at AS ordered_at - INTERVAL '3650' DAY(4)
) WITH (
  'connector' = 'jdbc',
  'connection' = 'engine',
  'table-name' = 'order_history'
);

CREATE TABLE score (
  risk INT
) WITH (
  'connector' = 'process-variables'
);

CREATE VIEW spent_in_thirty_days AS
SELECT customer, window_end, SUM(amount) AS spent
FROM TABLE(TUMBLE(TABLE order_history, DESCRIPTOR(ordered_at), INTERVAL '30' DAY))
GROUP BY customer, window_start, window_end;

CREATE VIEW best_thirty_days AS
SELECT customer, CAST(MAX(spent) AS DOUBLE) AS best
FROM spent_in_thirty_days
GROUP BY customer;

-- A customer without history is neither good nor bad.
INSERT INTO score
SELECT CASE
         WHEN b.best IS NULL THEN 50
         ELSE CAST(100 * o.amount / (o.amount + b.best) AS INT)
       END
FROM this_order AS o
LEFT JOIN best_thirty_days AS b ON b.customer = o.customer;
