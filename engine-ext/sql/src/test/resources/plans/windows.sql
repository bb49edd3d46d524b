CREATE TABLE out_rows (w TIMESTAMP(3), e TIMESTAMP(3), customer STRING, n BIGINT, s DECIMAL(38, 2)) WITH ('connector' = 'append');
INSERT INTO out_rows
SELECT window_start, window_end, customer, COUNT(*), SUM(price)
FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND))
WHERE qty > 2
GROUP BY window_start, window_end, customer;
INSERT INTO out_rows
SELECT window_start, window_end, customer, id, price
FROM TABLE(HOP(DATA => TABLE orders, TIMECOL => DESCRIPTOR(ts), SLIDE => INTERVAL '5' SECOND, SIZE => INTERVAL '10' SECOND));
INSERT INTO out_rows (w, e, n)
SELECT window_start, window_end, COUNT(DISTINCT customer) FILTER (WHERE qty > 2)
FROM TABLE(CUMULATE(TABLE orders, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '1' MINUTE, INTERVAL '1' SECOND))
GROUP BY window_start, window_end HAVING COUNT(*) > 3;
INSERT INTO out_rows (w, e, n)
SELECT window_start, window_end, MAX(n)
FROM (SELECT window_start, window_end, customer, COUNT(*) AS n
      FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, customer)
GROUP BY window_start, window_end;
