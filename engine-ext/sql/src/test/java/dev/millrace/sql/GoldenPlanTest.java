// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each script of {@code plans} has beside it the plan it must become. Run with {@code
 * -Dgolden.update=true} to write the plans anew, then read the difference.
 */
class GoldenPlanTest {
  private static final Path PLANS = Path.of("src/test/resources/plans");

  @TestFactory
  Stream<DynamicTest> scriptBecomesItsPlan() throws IOException {
    try (Stream<Path> files = Files.list(PLANS)) {
      List<Path> scripts = files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
      assertThat(scripts).isNotEmpty();
      return scripts.stream()
          .map(
              script ->
                  DynamicTest.dynamicTest(
                      script.getFileName().toString(), () -> checkPlan(script)));
    }
  }

  private static void checkPlan(Path script) throws IOException {
    String name = script.getFileName().toString();
    String plan =
        FakeConnectors.planner()
            .plan(name, Files.readString(PLANS.resolve("tables.ddl")) + Files.readString(script))
            .explain();
    Path golden = script.resolveSibling(name.replace(".sql", ".plan"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, plan);
    }
    assertThat(plan).isEqualTo(Files.readString(golden));
  }
}
