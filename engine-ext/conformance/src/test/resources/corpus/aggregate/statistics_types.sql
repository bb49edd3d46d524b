-- tables: orders
INSERT INTO results SELECT STDDEV_POP(qty) AS a, VAR_POP(qty) AS b, STDDEV_SAMP(price) AS c, VAR_SAMP(price) AS d FROM orders WHERE customer_id = 12;
