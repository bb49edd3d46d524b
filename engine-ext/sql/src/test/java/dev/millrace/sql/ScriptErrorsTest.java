// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ScriptException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each error is told with its place in the script. The tables are declared on line 1. */
class ScriptErrorsTest {
  private static final String TABLES =
      "CREATE TABLE t (id BIGINT, name STRING, ts TIMESTAMP(3), price DECIMAL(10, 2),"
          + " proc AS PROCTIME(), WATERMARK FOR ts AS ts) WITH ('connector' = 'stream'); "
          + "CREATE TABLE plain (id BIGINT, ts TIMESTAMP(3)) WITH ('connector' = 'stream'); "
          + "CREATE TABLE o (id BIGINT, name STRING) WITH ('connector' = 'append');\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT * FROM t                                      | 2:1: MR-SQL-007: a query needs a table
          INSERT INTO o SELECT id, nope FROM t                 | 2:26: MR-SQL-002: Column 'nope' not found
          INSERT INTO o SELECT id FROM t                       | 2:13: MR-SQL-020: table 'o' takes 2 columns, the query has 1
          INSERT INTO o SELECT name, name FROM t               | 2:22: MR-SQL-021: column 'id' of table 'o' is BIGINT, the query gives STRING
          INSERT INTO o SELECT id, FOO(name) FROM t            | 2:26: MR-SQL-003: function FOO(<CHARACTER>) is not supported
          INSERT INTO o SELEC 1                                | 2:15: MR-SQL-001: expected a query or a statement
          INSERT INTO nowhere SELECT id FROM t                 | 2:13: MR-SQL-011: table or view 'nowhere' is not declared
          INSERT INTO o SELECT id, name FROM T                 | 2:36: MR-SQL-011: table or view 'T' is not declared
          INSERT INTO o SELECT id, name FROM t ORDER BY id     | 2:47: MR-SQL-003: ORDER BY is not supported
          INSERT INTO o SELECT id, name FROM t LIMIT 3         | 2:44: MR-SQL-003: LIMIT is not supported
          INSERT INTO o SELECT COUNT(*) OVER (), name FROM t   | 2:22: MR-SQL-003: OVER is not supported
          INSERT INTO o SELECT * FROM t WHERE id IN (SELECT id FROM plain) | 2:44: MR-SQL-003: a query inside an expression
          INSERT INTO o SELECT t.id, 'x' FROM t FULL JOIN plain p ON t.id = p.id | 2:44: MR-SQL-003: FULL JOIN
          INSERT INTO o SELECT COUNT(*), name FROM t GROUP BY name | 2:13: MR-SQL-023: table sink 'o' doesn't support consuming update changes which is produced by GroupAggregate
          INSERT INTO o SELECT COUNT(*), 'x' FROM t GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) | 2:52: MR-SQL-003: the group window function TUMBLE
          INSERT INTO o SELECT id, 'x' FROM TABLE(SESSION(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) | 2:41: MR-SQL-003: SESSION
          INSERT INTO o SELECT id, 'x' FROM TABLE(TUMBLE(TABLE plain, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) | 2:72: MR-SQL-025: a window needs event time, and 'ts' has none
          INSERT INTO o SELECT 1 FROM t INTERSECT SELECT 2 FROM t | 2:15: MR-SQL-003: INTERSECT
          INSERT INTO o (id, zz) SELECT 1, 'x'                 | 2:20: MR-SQL-026: table 'o' has no column 'zz'
          INSERT INTO o VALUES (1, NULL)                       | 2:26: MR-SQL-002: a bare NULL has no type
          INSERT INTO o SELECT 1, 'abc                         | 2:25: MR-SQL-004: a string is not closed
          INSERT INTO o /* x                                   | 2:15: MR-SQL-004: a comment is not closed
          INSERT OVERWRITE o SELECT 1, 'x'                     | 2:1: MR-SQL-003: INSERT OVERWRITE
          CREATE TABLE t (a INT) WITH ('connector' = 'stream') | 2:14: MR-SQL-010: table or view 't' is already declared
          CREATE TABLE x (a ROW<b INT>) WITH ('connector' = 'any') | 2:17: MR-SQL-003: type ROW
          CREATE TABLE x (a INT, b TIMESTAMP(9)) WITH ('connector' = 'any') | 2:24: MR-SQL-003: TIMESTAMP(9)
          CREATE TABLE x (a INT, a INT) WITH ('connector' = 'any') | 2:24: MR-SQL-026: column 'a' is declared twice
          CREATE TABLE x (a INT, b AS a + c) WITH ('connector' = 'any') | 2:33: MR-SQL-002: Column 'c' not found
          CREATE TABLE x (a INT, PRIMARY KEY (q) NOT ENFORCED) WITH ('connector' = 'any') | 2:37: MR-SQL-026: the key's column 'q'
          CREATE TABLE x (a INT, WATERMARK FOR a AS a) WITH ('connector' = 'any') | 2:38: MR-SQL-026: event time must be
          CREATE TABLE x (a INT, b INT METADATA) WITH ('connector' = 'any') | 2:24: MR-SQL-027: connector 'any' has no metadata columns
          CREATE TABLE x (a INT, b INT METADATA FROM 'of') WITH ('connector' = 'broker') | 2:24: MR-SQL-027: connector 'broker' has no metadata 'of'; it has offset, timestamp, header.#
          CREATE TABLE x (a INT, b DATE METADATA FROM 'offset') WITH ('connector' = 'broker') | 2:24: MR-SQL-002: Cast function cannot convert
          CREATE TABLE x (a INT, `offset` BIGINT METADATA) WITH ('connector' = 'broker'); INSERT INTO x SELECT 1, 2 | 2:24: MR-SQL-028: column 'offset' cannot be written
          CREATE TABLE x (a INT) WITH ('connector' = 'nope')   | 2:30: MR-SQL-013: unknown connector 'nope'; known are any, append
          CREATE TABLE x (a INT) WITH ('connector' = 'stream', 'rosw' = '1') | 2:54: MR-SQL-014: unknown option 'rosw' of connector 'stream'; valid are connector, rows
          CREATE TABLE x (a INT) WITH ('connector' = 'stream', 'rows' = 'many') | 2:54: MR-SQL-016: 'many' is no value for 'rows'; expected an integer
          CREATE TABLE x (a INT) WITH ('connector' = 'files')  | 2:14: MR-SQL-015: table 'x' lacks the option 'path'
          CREATE TABLE x (a INT) WITH ('connector' = 'files', 'path' = 'p', 'format' = 'xml') | 2:67: MR-SQL-017: unknown format 'xml'; known are csv
          CREATE TABLE x (a INT) LIKE t                        | 2:1: MR-SQL-003: CREATE TABLE
          DROP TABLE zzz                                       | 2:12: MR-SQL-011: table or view 'zzz'
          USE CATALOG c                                        | 2:1: MR-SQL-003: the statement USE CATALOG
          SET 'millrace.strat' = 'x'                           | 2:5: MR-SQL-008: unknown setting 'millrace.strat'; known are millrace.commit.interval
          SET 'millrace.commit.interval' = '0 s'               | 2:34: MR-SQL-009: '0 s' is no value for 'millrace.commit.interval'
          SET 'millrace.max-staged-rows' = '0'                 | 2:34: MR-SQL-009: '0' is no value for 'millrace.max-staged-rows'
          SET 'millrace.lanes' = '0'                           | 2:24: MR-SQL-009: '0' is no value for 'millrace.lanes'
          SET 'millrace.on-redeploy' = 'later'                 | 2:30: MR-SQL-009: 'later' is no value for 'millrace.on-redeploy'
          SET 'table.exec.mini-batch.enabled' = 'true'         | 2:5: MR-SQL-008: unknown setting 'table.exec.mini-batch.enabled'
          """)
  void errorNamesItsPlace(String statement, String expected) {
    assertThat(errorsOf(TABLES + statement)).singleElement().asString().startsWith(expected);
  }

  @Test
  void allWrongStatementsAreTold() {
    assertThat(
            errorsOf(
                TABLES
                    + "INSERT INTO o\n SELECT nope, name FROM t;\n"
                    + "INSERT INTO o SELECT id, name FROM t;\n"
                    + "  INSERT INTO o SELECT id FROM t"))
        .extracting(error -> error.substring(0, error.indexOf(": ")))
        .containsExactly("3:9", "5:15");
  }

  @Test
  void usingATableWhoseDeclarationFailedIsNoSecondError() {
    assertThat(
            errorsOf(
                TABLES
                    + "CREATE TABLE x (a ARRAY<INT>) WITH ('connector' = 'stream');"
                    + "CREATE TABLE y (a BIGINT) WITH ('connector' = 'nope');"
                    + "INSERT INTO o SELECT a, 'x' FROM x; INSERT INTO o SELECT a, 'x' FROM y;"
                    + "INSERT INTO x SELECT id FROM t; CREATE VIEW v AS SELECT * FROM x;"
                    + "INSERT INTO o SELECT * FROM v"))
        .hasSize(2);
  }

  @Test
  void whatAConnectorRefusesIsToldWhereItsTableStands() {
    assertThat(
            errorsOf(
                TABLES
                    + "CREATE TABLE\n bad (id BIGINT) WITH ('connector' = 'stream', 'rows' = '-1');"
                    + "INSERT INTO o SELECT id, 'x' FROM bad"))
        .containsExactly("3:2: MR-FAKE-001: rows must not be negative");
  }

  @Test
  void scriptThatWritesNothingIsRefused() {
    assertThat(errorsOf("-- nothing here\n"))
        .singleElement()
        .asString()
        .startsWith("1:1: MR-SQL-006");
  }

  @Test
  void absurdNestingIsAnErrorAndNoOverflow() {
    List<String> scripts =
        List.of(
            "INSERT INTO o SELECT " + "(".repeat(100_000) + "id" + ")".repeat(100_000),
            "INSERT INTO o SELECT * FROM t WHERE " + "NOT ".repeat(100_000) + "TRUE",
            "INSERT INTO o SELECT id" + " + 1".repeat(250_000) + ", name FROM t",
            "INSERT INTO o SELECT id" + " + 1".repeat(3_000) + ", name FROM t");
    assertThat(scripts)
        .allSatisfy(
            script ->
                assertThat(errorsOf(TABLES + script))
                    .singleElement()
                    .asString()
                    .contains("MR-SQL-005"));
  }

  private static List<String> errorsOf(String script) {
    ScriptException thrown =
        catchThrowableOfType(
            ScriptException.class, () -> FakeConnectors.planner().plan("s.sql", script));
    assertThat(thrown).isNotNull();
    assertThat(thrown.errors())
        .allSatisfy(error -> assertThat(error.category()).isEqualTo(ErrorCategory.SQL));
    return thrown.errors().stream()
        .map(error -> error.report().replaceFirst("s.sql:", ""))
        .toList();
  }
}
