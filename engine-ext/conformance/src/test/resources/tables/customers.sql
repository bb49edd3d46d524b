CREATE TABLE customers (
  id INT,
  name STRING,
  country STRING,
  credit DECIMAL(12, 2)
) WITH (
  'connector' = 'filesystem', 'path' = '${data}/customers.csv', 'format' = 'csv',
  'csv.null-literal' = 'NULL'
);
