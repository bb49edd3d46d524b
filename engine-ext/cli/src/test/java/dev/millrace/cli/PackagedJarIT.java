// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as it is shipped, in processes of its own. */
@Timeout(60)
@EnabledIfSystemProperty(
    named = "millrace.jar",
    matches = ".+",
    disabledReason = "the jar is there in the phase integration-test only")
class PackagedJarIT {
  @TempDir Path folder;

  @Test
  void jarRunsAScriptWithEveryConnectorAndFormat() throws Exception {
    Files.writeString(folder.resolve("größe.csv"), "1,ä\n");
    Process process =
        start(
            """
            CREATE TABLE i (k INT, s STRING) WITH ('connector' = 'filesystem', 'path' = 'größe.csv', 'format' = 'csv');
            CREATE TABLE g (g INT) WITH ('connector' = 'datagen', 'fields.g.kind' = 'sequence', 'fields.g.start' = '1', 'fields.g.end' = '1');
            CREATE TABLE j (k INT, s STRING) WITH ('connector' = 'filesystem', 'path' = 'out', 'format' = 'json');
            CREATE TABLE b (g INT) WITH ('connector' = 'blackhole');
            CREATE TABLE p (k INT, s STRING) WITH ('connector' = 'print');
            EXECUTE STATEMENT SET BEGIN
              INSERT INTO j SELECT k, s FROM i;
              INSERT INTO p SELECT k, s FROM i;
              INSERT INTO b SELECT g FROM g;
            END;
            """);
    assertThat(output(process)).containsExactly("+I[1, ä]");
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("err")))
        .matches("rows in \\d, out 3, late 0, dead 0; .*\\n");
  }

  @Test
  void interruptedPipelineEndsWithASummary() throws Exception {
    Process process =
        start(
            """
            CREATE TABLE g (g INT) WITH ('connector' = 'datagen', 'rows-per-second' = '100');
            CREATE TABLE p (g INT) WITH ('connector' = 'print');
            INSERT INTO p SELECT g FROM g;
            """);
    BufferedReader out = reader(process);
    assertThat(out.readLine()).startsWith("+I[");
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readString(folder.resolve("err"))).startsWith("interrupted: rows in ");
  }

  @Test
  void closedStandardOutputEndsTheRun() throws Exception {
    Process process =
        start(
            """
            CREATE TABLE g (g INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1000');
            CREATE TABLE p (g INT) WITH ('connector' = 'print');
            INSERT INTO p SELECT g FROM g;
            """);
    process.getInputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err"))).contains("closed");
  }

  /** Each remembers ever more: the run must end before the heap does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT MIN(k), COUNT(*) FROM g GROUP BY s",
        "SELECT COUNT(DISTINCT s), COUNT(DISTINCT k) FROM g",
        "SELECT MIN(k), COUNT(*) FROM g GROUP BY s, s || 'a', s || 'ж', s || REPEAT('d', 50)",
        "SELECT CHAR_LENGTH(LISTAGG(s)), COUNT(*) FROM g GROUP BY MOD(k, 1000000007)",
        "SELECT g.k, CAST(h.k AS BIGINT) FROM g JOIN g AS h ON g.k = h.k AND g.s < h.s",
        "SELECT MIN(k), COUNT(*) FROM TABLE(TUMBLE(TABLE g, DESCRIPTOR(t), INTERVAL '1' DAY))"
            + " GROUP BY window_start, window_end, s"
      })
  void memoryOfARunIsBounded(String query) throws Exception {
    Process process =
        start(
            """
            CREATE TABLE g (k BIGINT, s AS CAST(k AS STRING) || ' is the text of this row',
              t AS TO_TIMESTAMP_LTZ(k, 3), WATERMARK FOR t AS t) WITH ('connector' = 'datagen',
              'fields.k.kind' = 'sequence', 'fields.k.start' = '1', 'fields.k.end' = '80000000',
              'rows-per-second' = '1000000000');
            CREATE TABLE b (k BIGINT, n BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO b %s;
            """
                .formatted(query),
            "-Xmx96m",
            "-XX:+UseSerialGC");
    assertThat(output(process)).isEmpty();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err")))
        .contains("MR-RUN-006")
        .contains("'millrace.max-memory'");
  }

  private Process start(String script, String... jvm) throws IOException {
    Path file = Files.writeString(folder.resolve("script.sql"), script);
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(jvm));
    command.addAll(List.of("-jar", System.getProperty("millrace.jar"), "run", file.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  private static List<String> output(Process process) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = reader(process)) {
      out.lines().forEach(lines::add);
    }
    return lines;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
