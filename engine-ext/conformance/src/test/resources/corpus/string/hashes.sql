-- tables: strings
INSERT INTO results SELECT id, MD5(s) AS a, SHA1(s) AS b, SHA224(s) AS c, SHA256(s) AS d1, SHA384(t) AS e, SHA512(v) AS f1, TO_BASE64(s) AS h, FROM_BASE64(TO_BASE64(s)) AS j FROM strings;
