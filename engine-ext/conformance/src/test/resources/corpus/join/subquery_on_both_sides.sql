-- tables: orders, customers
INSERT INTO results SELECT x.item, x.total, y.name FROM (SELECT item, customer_id AS cid, qty * price AS total FROM orders WHERE qty > 1) AS x LEFT JOIN (SELECT id AS cid, UPPER(name) AS name FROM customers WHERE credit IS NOT NULL) AS y ON x.cid = y.cid WHERE x.total > 5;
