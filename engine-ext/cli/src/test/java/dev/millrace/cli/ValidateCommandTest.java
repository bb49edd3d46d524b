// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String TABLES =
      """
      CREATE TABLE d (k BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '5');
      CREATE TABLE p (k BIGINT) WITH ('connector' = 'print');
      """;

  @TempDir Path folder;

  @Test
  void validScriptIsCalledValidAndNothingIsPrinted() {
    Outcome outcome = Outcome.withInput(TABLES + "INSERT INTO p SELECT k FROM d;", "validate", "-");
    assertThat(outcome).isEqualTo(new Outcome(0, "", "stdin is valid: bounded, writes [p]\n"));
  }

  @Test
  void allErrorsAreShownOneALineWithTheirPlace() throws IOException {
    Path script = folder.resolve("bad.sql");
    Files.writeString(
        script,
        """
        CREATE TABLE p (k BIGINT) WITH ('connector' = 'print', 'print-identifer' = 'x');
        CREATE TABLE d (k BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = 'many');
        CREATE TABLE t (o_key BIGINT) WITH ('connector' = 'tpch', 'table' = 'orders');
        INSERT INTO p
        SELECT kk FROM d;
        INSERT INTO p SELECT o_key FROM t;
        """);
    Outcome outcome = Outcome.of("validate", script.toString());
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .allMatch(line -> line.matches(".*bad\\.sql:\\d+:\\d+: MR-[A-Z]+-\\d{3}: .+"))
        .anyMatch(line -> line.contains("bad.sql:1:56") && line.contains("'print-identifer'"))
        .anyMatch(line -> line.contains("bad.sql:2:58") && line.contains("'many'"))
        .anyMatch(line -> line.contains("bad.sql:5:8") && line.contains("'kk'"))
        .anyMatch(line -> line.contains("bad.sql:3:") && line.contains("o_orderkey"));
  }

  @Test
  void formatOfMessagesIsRefusedWhereThereAreFilesOrBodies() {
    for (String connector :
        new String[] {
          "'filesystem', 'path' = '/tmp/x'", "'http', 'url' = 'http://localhost', 'url-path' = '/x'"
        }) {
      Outcome outcome =
          Outcome.withInput(
              TABLES
                  + "CREATE TABLE f (k BIGINT) WITH ('format' = 'avro', 'connector' = "
                  + connector
                  + ");\nINSERT INTO f SELECT k FROM d;\nINSERT INTO p SELECT k FROM f;",
              "validate",
              "-");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err()).containsAnyOf("is one of messages", "is one of single messages");
    }
  }

  @Test
  void columnsOfGeneratedFieldsAreChecked() {
    Outcome outcome =
        Outcome.withInput(
            TABLES.replace("'number-of-rows'", "'fields.x.min' = '1', 'number-of-rows'")
                + "INSERT INTO p SELECT k FROM d;",
            "validate",
            "-");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("fields.x.min", "[k]");
  }

  @Test
  void scriptOfAMegabyteIsRead() {
    String comment = "-- " + "x".repeat(100) + "\n";
    String script = TABLES + comment.repeat(11_000) + "INSERT INTO p SELECT k FROM d;";
    assertThat(script.length()).isGreaterThan(1_000_000);
    assertThat(Outcome.withInput(script, "validate", "-").status()).isZero();
  }

  @Test
  void nonsenseOfAMegabyteIsAnErrorWithAPlace() {
    Outcome outcome = Outcome.withInput("SELECT ((((".repeat(100_000), "validate", "-");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("stdin:1:").contains("MR-SQL-");
    assertThat(outcome.err().length()).isLessThan(10_000);
  }

  @Test
  void deepExpressionIsRefusedOrPlannedButNeverOverflows() {
    String deep = "(".repeat(20_000) + "k" + ")".repeat(20_000);
    Outcome outcome =
        Outcome.withInput(TABLES + "INSERT INTO p SELECT " + deep + " FROM d;", "validate", "-");
    assertThat(outcome.err()).doesNotContain("StackOverflowError");
  }

  @Test
  void longChainOfConditionsIsPlannedOrCalledTooDeep() {
    String chain = "k = 1 OR ".repeat(10_000) + "k = 2";
    Outcome outcome =
        Outcome.withInput(TABLES + "INSERT INTO p SELECT k FROM d WHERE " + chain, "validate", "-");
    assertThat(outcome.err()).containsAnyOf("stdin is valid", "nested too deeply");
  }

  @Test
  void explainPrintsThePlan() {
    Outcome outcome =
        Outcome.withInput(TABLES + "INSERT INTO p SELECT k + 1 FROM d;", "explain", "-");
    assertThat(outcome.out()).startsWith("Sink(table=[p]").contains("Scan(table=[d]");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }
}
