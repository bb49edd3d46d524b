-- tables: orders, customers
INSERT INTO results SELECT o.order_id, c.name, o.qty * o.price AS total, c.credit FROM orders AS o JOIN customers AS c ON o.customer_id = c.id AND o.qty * o.price <= c.credit;
