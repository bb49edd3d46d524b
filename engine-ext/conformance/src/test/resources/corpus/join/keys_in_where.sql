-- tables: orders, customers, logic
INSERT INTO results SELECT o.order_id, c.name, l.id FROM orders AS o, customers AS c, logic AS l WHERE o.customer_id = c.id AND o.qty = l.x AND l.y = 2;
