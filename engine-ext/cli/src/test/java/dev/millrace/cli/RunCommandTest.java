// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir Path folder;

  @Test
  void rowsGoToStandardOutputAndAllElseToStandardError() throws IOException {
    file("in.csv", "1,a,2.5\n2,\"b, c\",\n3,,10\n");
    Outcome outcome =
        run(
            table("i", "id INT, name STRING, amount DECIMAL(10, 2)", csv("in.csv", "''")),
            "CREATE TABLE o (id INT, name STRING, amount DECIMAL(10, 2)) WITH ('connector' ="
                + " 'print', 'print-identifier' = 'o');",
            "INSERT INTO o SELECT * FROM i WHERE id < 3;");
    assertThat(outcome.out()).isEqualTo("o> +I[1, a, 2.50]\no> +I[2, b, c, null]\n");
    assertThat(outcome.err()).matches("rows in 3, out 2, late 0, dead 0; \\d+ rows/s in \\S+ s\\n");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void updatesArePrintedWithTheirKinds() throws IOException {
    file("in.csv", "1,a,1\n2,a,2\n");
    Outcome outcome =
        run(
            table("i", "id INT, name STRING, amount INT", csv("in.csv", "''")),
            "CREATE TABLE o (name STRING, amount BIGINT) WITH ('connector' = 'print');",
            "INSERT INTO o SELECT name, SUM(CAST(amount AS BIGINT)) FROM i GROUP BY name;");
    assertThat(outcome.lines()).containsExactly("+I[a, 1]", "-U[a, 1]", "+U[a, 3]");
  }

  @Test
  void scriptMayComeFromStandardInput() {
    Outcome outcome =
        Outcome.withInput(
            "CREATE TABLE r (r_name STRING, r_regionkey BIGINT) WITH ('connector' = 'tpch',"
                + " 'table' = 'region');\n"
                + "CREATE TABLE p (k BIGINT, n STRING) WITH ('connector' = 'print');\n"
                + "INSERT INTO p SELECT r_regionkey, r_name FROM r;\n",
            "run",
            "-");
    assertThat(outcome.lines())
        .containsExactly(
            "+I[0, AFRICA]",
            "+I[1, AMERICA]",
            "+I[2, ASIA]",
            "+I[3, EUROPE]",
            "+I[4, MIDDLE EAST]");
  }

  @Test
  void lanesGiveTheSameFoldedResult() throws IOException {
    String[] script = {
      "CREATE TABLE l (l_orderkey BIGINT, l_returnflag STRING, l_quantity DECIMAL(15, 2)) WITH"
          + " ('connector' = 'tpch', 'table' = 'lineitem', 'scale-factor' = '0.001');",
      "CREATE TABLE p (f STRING, n BIGINT, q DECIMAL(38, 2)) WITH ('connector' = 'print');",
      "INSERT INTO p SELECT l_returnflag, COUNT(*), SUM(l_quantity) FROM l GROUP BY l_returnflag;"
    };
    Path path = file("lanes.sql", String.join("\n", script));
    List<String> one = Folding.fold(Outcome.of("run", path.toString()).lines());
    List<String> four = Folding.fold(Outcome.of("run", path.toString(), "--lanes", "4").lines());
    assertThat(one).hasSize(3);
    assertThat(four).isEqualTo(one);
  }

  @Test
  void windowsThatAreOverGiveTheirMemoryBack() throws IOException {
    Outcome outcome =
        run(
            "SET 'millrace.max-memory' = '6 mb';",
            "CREATE TABLE g (k BIGINT, s AS 'the text of ' || CAST(k AS STRING), t AS"
                + " TO_TIMESTAMP_LTZ(k, 3), WATERMARK FOR t AS t) WITH ('connector' = 'datagen',"
                + " 'fields.k.kind' = 'sequence', 'fields.k.start' = '1', 'fields.k.end' ="
                + " '200000', 'rows-per-second' = '1000000000');",
            "CREATE TABLE p (n BIGINT) WITH ('connector' = 'print');",
            "INSERT INTO p SELECT COUNT(*) FROM (SELECT window_start, s, COUNT(*) FROM"
                + " TABLE(TUMBLE(TABLE g, DESCRIPTOR(t), INTERVAL '10' SECOND)) GROUP BY"
                + " window_start, window_end, s);");
    assertThat(outcome.err()).doesNotContain("MR-");
    assertThat(outcome.lines()).last().isEqualTo("+U[200000]");
  }

  @Test
  void jdbcTakesAPlainUrl() {
    String url = "jdbc:h2:mem:cli;DB_CLOSE_DELAY=-1;INIT=CREATE TABLE IF NOT EXISTS t (k INT)";
    Outcome outcome =
        Outcome.withInput(
            "CREATE TABLE g (k INT) WITH ('connector' = 'datagen', 'fields.k.kind' = 'sequence',"
                + " 'fields.k.start' = '1', 'fields.k.end' = '2');\n"
                + "CREATE TABLE t (k INT) WITH ('connector' = 'jdbc', 'url' = '"
                + url
                + "', 'table-name' = 't');\n"
                + "INSERT INTO t SELECT k FROM g;\n",
            "run",
            "-");
    assertThat(outcome.err()).contains("out 2,");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void badRowFailsTheRunAndNothingIsWritten() throws IOException {
    file("in.csv", "1\n99999999999\n");
    Outcome outcome = copy("");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("failed: rows in")
        .contains("in.csv:2", "99999999999", "'k'", "millrace.on-data-error")
        .doesNotContain("\tat ");
    assertThat(outcome.err().lines()).hasSize(2);
    assertThat(written()).isEmpty();
  }

  @Test
  void badRowsMayBeDeadLetters() throws IOException {
    file("in.csv", "1\n99999999999\nx\"\n2\n");
    Path dead = folder.resolve("dead.jsonl");
    Outcome outcome =
        copy("SET 'millrace.on-data-error' = 'dead-letter';", "--dead-letters", dead.toString());
    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).contains("out 2, late 0, dead 2;");
    assertThat(written()).containsExactly("{\"k\":1}", "{\"k\":2}");
    assertThat(folder.resolve("out")).isDirectoryContaining("glob:**/part-*-0.json");
    assertThat(Files.readAllLines(dead))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"position\":\"in.csv:2\",\"record\":\"99999999999\",\"error\":\"MR-FORMAT-");
    assertThat(Files.readAllLines(dead).get(1)).contains("\"record\":\"x\\\"\"");
  }

  @Test
  void missingFileIsNamed() {
    Outcome outcome = copy("");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("MR-FILE-003", folder.resolve("in.csv").toString())
        .doesNotContain("\tat ");
  }

  @Test
  void stackTraceIsShownOnDemandOnly() {
    assertThat(copy("", "--verbose").err()).contains("\tat dev.millrace.");
  }

  @Test
  void deadLetterFileThatCannotBeWrittenIsAFailure() throws IOException {
    file("in.csv", "1\n");
    Outcome outcome = copy("", "--dead-letters", folder.resolve("no/such/dead").toString());
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("MR-CLI-002", "no/such/dead");
  }

  @Test
  void wrongUseIsStatusTwo() throws IOException {
    String script = file("a.sql", "").toString();
    assertWrongUse("there is no file", "run", folder.resolve("nothing.sql").toString());
    assertWrongUse("--lanes must be at least 1", "run", script, "--lanes", "0");
    assertWrongUse("'many' is not an int", "run", script, "--lanes", "many");
    assertWrongUse("Missing required parameter: 'SCRIPT'", "run");
    assertWrongUse("Unknown option", "run", script, "--lames", "2");
    assertWrongUse("Name a command");
    Files.write(folder.resolve("latin1.sql"), new byte[] {'-', '-', (byte) 0xE4});
    assertWrongUse("not UTF-8", "run", folder.resolve("latin1.sql").toString());
  }

  @Test
  void helpIsNoFailure() {
    Outcome outcome = Outcome.of("run", "--help");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("--lanes=N", "--dead-letters=FILE");
  }

  private static void assertWrongUse(String words, String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.err()).contains(words);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isEqualTo(2);
  }

  /** Copies column k of in.csv to the folder out. */
  private Outcome copy(String set, String... options) {
    String script =
        String.join(
            "\n",
            set,
            table("i", "k INT", "'connector' = 'filesystem', 'format' = 'csv', " + path("in.csv")),
            table("o", "k INT", "'connector' = 'filesystem', 'format' = 'json', " + path("out")),
            "INSERT INTO o SELECT k FROM i;");
    String[] arguments =
        Stream.concat(Stream.of("run", "-"), Stream.of(options)).toArray(String[]::new);
    return Outcome.withInput(script, arguments);
  }

  private List<String> written() throws IOException {
    Path out = folder.resolve("out");
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(out)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    }
  }

  private Outcome run(String... statements) throws IOException {
    return Outcome.of("run", file("script.sql", String.join("\n", statements)).toString());
  }

  private String csv(String name, String nullLiteral) {
    return "'connector' = 'filesystem', 'format' = 'csv', 'csv.null-literal' = "
        + nullLiteral
        + ", "
        + path(name);
  }

  private String path(String name) {
    return "'path' = '" + folder.resolve(name) + "'";
  }

  private static String table(String name, String columns, String options) {
    return "CREATE TABLE " + name + " (" + columns + ") WITH (" + options + ");";
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
