// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator allows scripts to ask for. */
class CeilingsTest {
  private static Plan plan(Map<String, String> limits, String settings) {
    return LocalStreamEngine.of(
            List.of(new GivenTables(Map.of("a", Rows.of()), Collected.all())),
            List.of(),
            Services.none(),
            Clock.systemUTC())
        .withCeilings(new Ceilings(limits))
        .validate(
            "s.sql",
            settings
                + """
                CREATE TABLE a (k BIGINT) WITH ('connector' = 'given');
                CREATE TABLE o (k BIGINT) WITH ('connector' = 'given');
                INSERT INTO o SELECT k FROM a;
                """);
  }

  @Test
  void aScriptThatAsksForMoreIsRefused() {
    Map<String, String> limits = Map.of("max-memory", "100 mb", "max-run-time", "1 h");
    assertThatThrownBy(() -> plan(limits, "SET 'millrace.max-memory' = '1 gb';"))
        .hasMessageContainingAll("'1 gb'", "'100 mb' at most", "millrace.limits.max-memory");
    assertThatThrownBy(() -> plan(limits, "SET 'millrace.max-run-time' = '61 min';"))
        .hasMessageContaining("'1 h' at most");
  }

  @Test
  void aScriptThatAsksForLessOrNothingGetsThat() {
    Map<String, String> limits = Map.of("max-staged-rows", "50", "max-dead-letters", "200000");
    assertThat(plan(limits, "SET 'millrace.max-staged-rows' = '20';").settings())
        .containsEntry("millrace.max-staged-rows", "20")
        .doesNotContainKey("millrace.max-dead-letters");
    assertThat(plan(limits, "").settings()).containsEntry("millrace.max-staged-rows", "50");
  }

  @Test
  void aCeilingThatIsNoneIsNamed() {
    assertThatThrownBy(() -> new Ceilings(Map.of("max-fun", "1")))
        .hasMessageContainingAll("millrace.limits.max-fun", "max-memory");
    assertThatThrownBy(() -> new Ceilings(Map.of("max-memory", "lots")))
        .hasMessageContainingAll("millrace.limits.max-memory", "'lots'", "such as");
  }
}
