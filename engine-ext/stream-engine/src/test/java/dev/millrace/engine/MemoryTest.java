// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.Memory;
import dev.millrace.spi.connector.Services;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a script remembers, compared with what another one does. */
class MemoryTest {
  private static final String TABLES =
      """
      CREATE TABLE a (k BIGINT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
        WITH ('connector' = 'given');
      CREATE TABLE o (k BIGINT, n BIGINT) WITH ('connector' = 'given');
      CREATE TABLE w (s TIMESTAMP(3), n BIGINT) WITH ('connector' = 'given');
      """;
  private static final String SUMS = "INSERT INTO o SELECT k, SUM(v) FROM a GROUP BY k;";
  private static final String WINDOWS =
      """
      INSERT INTO w SELECT window_start, COUNT(*)
      FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND))
      GROUP BY window_start, window_end;
      """;

  private final LocalStreamEngine engine =
      LocalStreamEngine.of(
          List.of(new GivenTables(Map.of("a", Rows.of()), Collected.all())),
          List.of(),
          Services.none(),
          Clock.systemUTC());

  private Memory memory(String... statements) {
    return Memory.of(
        engine.validate(
            "s.sql",
            "SET 'table.local-time-zone' = 'UTC';" + TABLES + String.join("\n", statements)));
  }

  @Test
  void theOrderOfStatementsAndWhatTheyWriteElsewhereDoNotMatter() {
    Memory before = memory(SUMS, WINDOWS);
    Memory after = memory("INSERT INTO o SELECT k, v FROM a WHERE v > 3;", WINDOWS, SUMS);
    assertThat(before.differences(after)).isEmpty();
    assertThat(Memory.parse(before.text())).isEqualTo(before);
    assertThat(Memory.parse(before.text()).differences(after)).isEmpty();
  }

  @Test
  void whatHasChangedIsNamed() {
    Memory before = Memory.parse(memory(SUMS, WINDOWS).text());
    assertThat(before.differences(memory(SUMS.replace("SUM(v)", "MAX(v)"), WINDOWS)))
        .singleElement()
        .asString()
        .contains(
            "GroupAggregate of the statement that writes 'o'",
            "aggregates were [SUM($1)], now [MAX($1)]");
    assertThat(before.differences(memory(SUMS.replace("FROM a", "FROM a WHERE v > 3"), WINDOWS)))
        .singleElement()
        .asString()
        .contains("rows below were");
    assertThat(before.differences(memory(SUMS)))
        .singleElement()
        .asString()
        .contains("WindowAggregate of the statement that writes 'w' is gone");
    assertThat(memory(SUMS).differences(memory(SUMS, WINDOWS)))
        .singleElement()
        .asString()
        .contains("WindowAggregate of the statement that writes 'w' is new");
  }

  @Test
  void aFingerprintIsTheSameEachTimeAScriptIsRead() {
    assertThat(memory(SUMS, WINDOWS)).isEqualTo(memory(SUMS, WINDOWS));
    assertThat(memory(SUMS, WINDOWS).operators())
        .extracting(Memory.Remembering::fingerprint)
        .doesNotHaveDuplicates()
        .allMatch(print -> print.matches("(Group|Window)Aggregate [0-9a-f]{32}"));
  }
}
