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

  private Process start(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("script.sql"), script);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("millrace.jar"),
                "run",
                file.toString())
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
