// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of docs/sql.md that are made from the code say what the code says. */
class SqlPageTest {
  private static final Path PAGE = Path.of("../../docs/sql.md");

  private static final Path FAULTS = Path.of("../conformance/src/test/resources/flink-faults.txt");

  private static final Map<String, String> PARTS =
      Map.of(
          "functions", FunctionList.markdown(),
          "settings", SettingList.markdown(),
          "faults", faults());

  /** Of each line, the reason. */
  private static String faults() {
    try {
      return Files.readAllLines(FAULTS).stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> "- " + line.substring(line.indexOf(": ") + 2) + "\n")
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"functions", "settings", "faults"})
  void partMadeFromTheCodeIsFresh(String part) throws IOException {
    String page = Files.readString(PAGE);
    String begin = "<!-- " + part + ": made from the code, see the end of the page -->\n";
    String end = "<!-- end of " + part + " -->";
    assertThat(page).contains(begin, end);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    if (Boolean.getBoolean("millrace.docs.update")) {
      Files.writeString(PAGE, page.substring(0, from) + PARTS.get(part) + page.substring(to));
    } else {
      assertThat(page.substring(from, to))
          .as("docs/sql.md; its end says how to make it anew")
          .isEqualTo(PARTS.get(part));
    }
  }
}
