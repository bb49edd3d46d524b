CREATE TABLE orders (
  order_id INT,
  customer_id INT,
  item STRING,
  qty INT,
  price DECIMAL(10, 2),
  status STRING,
  placed TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem', 'path' = '${data}/orders.csv', 'format' = 'csv',
  'csv.null-literal' = 'NULL'
);
