-- Seeds empty tables; on a later start nothing happens.

INSERT INTO stock (sku, name, received, qty)
SELECT s.sku, s.name, 1000000, 1000000
FROM (VALUES (1, 'Brass cog'), (2, 'Steel axle'), (3, 'Oak paddle'), (4, 'Iron sluice gate'), (5, 'Millstone'),
             (6, 'Flour sieve'), (7, 'Leather belt'), (8, 'Bronze bearing'), (9, 'Copper pipe'), (10, 'Hemp rope'),
             (11, 'Grain hopper'), (12, 'Water gauge')) AS s (sku, name)
WHERE NOT EXISTS (SELECT 1 FROM stock);

-- Two carriers do not take every quantity from 1 to 10: about one order in ten fails in shipping.
INSERT INTO carriers (region, carrier, max_quantity)
SELECT c.region, c.carrier, c.max_quantity
FROM (VALUES ('AFRICA', 'Baobab Cargo', 10), ('AMERICA', 'Mustang Express', 10), ('ASIA', 'Lotus Lines', 10),
             ('EUROPE', 'Stork Post', 8), ('MIDDLE EAST', 'Camel Couriers', 7)) AS c (region, carrier, max_quantity)
WHERE NOT EXISTS (SELECT 1 FROM carriers);

-- A hundred customers, twenty-four orders each over a year. Every twenty-fifth customer spends little:
-- an ordinary order is a risk there.
INSERT INTO order_history (customer, ordered_at, amount)
SELECT tens.n * 10 + ones.n + 1,
       TIMESTAMP '2025-01-01 00:00:00' + (period.n * 30 + half.n * 14) * INTERVAL '1' DAY,
       CASE WHEN MOD(tens.n * 10 + ones.n + 1, 25) = 0 THEN 5000 ELSE 60000 END + period.n * 1000 + half.n * 500
FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS tens (n)
CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS ones (n)
CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11)) AS period (n)
CROSS JOIN (VALUES (0), (1)) AS half (n)
WHERE NOT EXISTS (SELECT 1 FROM order_history);
