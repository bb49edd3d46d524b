// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The types of expressions are Flink's. */
class TypeDerivationTest {
  private static final String TABLE =
      "CREATE TABLE t (ti TINYINT, si SMALLINT, i INT, bi BIGINT, f FLOAT, d DOUBLE,"
          + " d5 DECIMAL(5, 2), d10 DECIMAL, d38 DECIMAL(38, 10), s STRING, v VARCHAR(10),"
          + " c CHAR(3), b BOOLEAN, dt DATE, ts TIMESTAMP(3), ts6 TIMESTAMP, l TIMESTAMP_LTZ(3),"
          + " n INT NOT NULL, bs BYTES) WITH ('connector' = 'stream');";

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          i + bi              => BIGINT
          i / 2               => INT
          n + 1               => INT NOT NULL
          si * ti             => SMALLINT
          d5 + d5             => DECIMAL(6, 2)
          d5 + i              => DECIMAL(13, 2)
          d5 + bi             => DECIMAL(22, 2)
          d5 * d5             => DECIMAL(11, 4)
          d5 * bi             => DECIMAL(25, 2)
          d5 / i              => DECIMAL(16, 13)
          d38 / d38           => DECIMAL(38, 6)
          d38 * d38           => DECIMAL(38, 6)
          d5 % i              => DECIMAL(5, 2)
          d10                 => DECIMAL(10, 0)
          d5 + f              => DOUBLE
          'abc'               => CHAR(3) NOT NULL
          s || 'x'            => STRING
          c || 'x'            => CHAR(4)
          CONCAT(v, 'x')      => STRING
          UPPER(v)            => VARCHAR(10)
          SUBSTRING(v, 2)     => VARCHAR(10)
          CHAR_LENGTH(s)      => INT
          MD5(s)              => CHAR(32)
          CAST(i AS STRING)   => STRING
          TRY_CAST(n AS BIGINT) => BIGINT
          CASE WHEN b THEN 1 ELSE 2.5 END => DECIMAL(11, 1) NOT NULL
          COALESCE(i, 0)      => INT NOT NULL
          COALESCE(i, bi)     => BIGINT
          IF(b, n, 2)         => INT
          NULLIF(n, 1)        => INT
          ROUND(d5, 1)        => DECIMAL(5, 1)
          ROUND(d, 1)         => DOUBLE
          FLOOR(d5)           => DECIMAL(5, 0)
          POWER(i, 2)         => DOUBLE
          ts + INTERVAL '1' DAY => TIMESTAMP(3)
          ts6                 => TIMESTAMP(6)
          CURRENT_TIMESTAMP   => TIMESTAMP_LTZ(3) NOT NULL
          LOCALTIMESTAMP      => TIMESTAMP(3) NOT NULL
          CURRENT_DATE        => DATE NOT NULL
          TO_TIMESTAMP(s)     => TIMESTAMP(3)
          EXTRACT(HOUR FROM ts) => BIGINT
          YEAR(dt)            => BIGINT
          TIMESTAMPDIFF(DAY, ts, ts6) => INT
          i = bi              => BOOLEAN
          i IS NULL           => BOOLEAN NOT NULL
          s LIKE 'a%'         => BOOLEAN
          COUNT(*)            => BIGINT NOT NULL
          SUM(i)              => INT
          SUM(bi)             => BIGINT
          SUM(d5)             => DECIMAL(38, 2)
          AVG(i)              => INT
          AVG(d5)             => DECIMAL(38, 6)
          AVG(d38)            => DECIMAL(38, 10)
          AVG(f)              => FLOAT
          MAX(n)              => INT
          STDDEV_POP(d)       => DOUBLE
          LISTAGG(s)          => STRING
          LAST_VALUE(ts)      => TIMESTAMP(3)
          """)
  void expressionHasFlinksType(String expression, String type) {
    assertThat(
            FakeConnectors.planner()
                .describe("s.sql", TABLE + "CREATE VIEW v AS SELECT " + expression + " FROM t", "v")
                .type(0))
        .hasToString(type);
  }
}
