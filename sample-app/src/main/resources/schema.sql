-- Tables of the sample's business, for H2 and PostgreSQL. Names are unquoted on purpose: each database folds them its way.

CREATE TABLE IF NOT EXISTS stock (
  sku      BIGINT      NOT NULL PRIMARY KEY,
  name     VARCHAR(80) NOT NULL DEFAULT '',
  received INT         NOT NULL DEFAULT 0,
  qty      INT         NOT NULL,
  CONSTRAINT stock_suffices CHECK (qty >= 0)
);

CREATE TABLE IF NOT EXISTS order_history (
  customer   BIGINT         NOT NULL,
  ordered_at TIMESTAMP(3)   NOT NULL,
  amount     DECIMAL(15, 2) NOT NULL,
  PRIMARY KEY (customer, ordered_at)
);

CREATE TABLE IF NOT EXISTS charges (
  order_key BIGINT         NOT NULL PRIMARY KEY,
  customer  BIGINT         NOT NULL,
  amount    DECIMAL(15, 2) NOT NULL
);

CREATE TABLE IF NOT EXISTS carriers (
  region       VARCHAR(20) NOT NULL PRIMARY KEY,
  carrier      VARCHAR(40) NOT NULL,
  max_quantity INT         NOT NULL
);

CREATE TABLE IF NOT EXISTS shipments (
  order_key BIGINT      NOT NULL PRIMARY KEY,
  sku       BIGINT      NOT NULL,
  quantity  INT         NOT NULL,
  carrier   VARCHAR(40) NOT NULL
);
