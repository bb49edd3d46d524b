INSERT INTO out_rows (w, n)
SELECT window_start, qty
FROM TABLE(HOP(DATA => TABLE orders, TIMECOL => DESCRIPTOR(ts), SLIDE => INTERVAL '5' SECOND, SIZE => INTERVAL '10' SECOND));
INSERT INTO out_rows (customer, n)
SELECT customer, MAX(id) FILTER (WHERE rate > 2) FROM orders GROUP BY customer;
INSERT INTO out_rows (n)
SELECT COUNT(*) FROM payments;
