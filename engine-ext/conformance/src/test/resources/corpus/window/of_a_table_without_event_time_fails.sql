-- tables: orders
-- fails
INSERT INTO results SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '20' SECOND)) GROUP BY window_start, window_end;
