// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every script of the corpus on Flink and on Millrace; what differs is written to {@code
 * target/conformance.txt} as well.
 */
class CorpusTest {
  private static final Map<String, List<String>> DIFFERENCES = new TreeMap<>();
  private static final ReasonList KNOWN_GAPS = ReasonList.read("known-gaps.txt");
  private static final ReasonList FLINK_FAULTS = ReasonList.read("flink-faults.txt");

  private static FlinkOracle flink;
  private static MillraceSubject millrace;

  @BeforeAll
  static void start() throws Exception {
    flink = new FlinkOracle();
    millrace = new MillraceSubject();
  }

  @AfterAll
  static void report() throws Exception {
    flink.close();
    Files.writeString(Path.of("target", "conformance.txt"), reportText());
  }

  @TestFactory
  Stream<DynamicTest> millraceAgreesWithFlink() {
    return Script.corpus().stream()
        .filter(script -> !FLINK_FAULTS.names().contains(script.name()))
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> compare(script)));
  }

  private static void compare(Script script) {
    List<String> differences = Comparison.differences(script, flink, millrace);
    DIFFERENCES.put(script.name(), differences);
    if (KNOWN_GAPS.names().contains(script.name())) {
      assertThat(differences).as("closed: take %s off known-gaps.txt", script.name()).isNotEmpty();
    } else {
      assertThat(String.join("\n", differences)).isEmpty();
    }
  }

  @Test
  void theListsNameScriptsOfTheCorpusOnly() {
    List<String> names = Script.corpus().stream().map(Script::name).toList();
    assertThat(names).containsAll(KNOWN_GAPS.names()).containsAll(FLINK_FAULTS.names());
  }

  private static String reportText() throws IOException {
    long agreeing = DIFFERENCES.values().stream().filter(List::isEmpty).count();
    return "%d scripts, %d agree, %d known gaps, %d not judged for Flink's faults%n%n%s"
        .formatted(
            DIFFERENCES.size(),
            agreeing,
            KNOWN_GAPS.names().size(),
            FLINK_FAULTS.names().size(),
            DIFFERENCES.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + "\n  " + String.join("\n  ", entry.getValue()))
                .collect(Collectors.joining("\n\n")));
  }
}
