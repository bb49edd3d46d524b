-- refused: function MAP_KEYS
INSERT INTO results SELECT MAP_KEYS(MAP['a', 1]) AS ks;
