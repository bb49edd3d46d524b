-- tables: numbers
INSERT INTO results SELECT id, ti, si, i, bi, f, d, dec5, dec18, dec38, b FROM numbers;
