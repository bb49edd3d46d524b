// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every script of the corpus, on Flink and on Millrace. */
class CorpusTest {
  private static FlinkOracle flink;

  @BeforeAll
  static void startFlink() throws Exception {
    flink = new FlinkOracle();
  }

  @AfterAll
  static void stopFlink() throws Exception {
    flink.close();
  }

  @TestFactory
  Stream<DynamicTest> flinkRunsTheScript() {
    return Script.corpus().stream()
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> flinkRuns(script)));
  }

  private static void flinkRuns(Script script) throws Exception {
    if (script.fails()) {
      assertThatThrownBy(() -> flink.run(script)).isInstanceOf(Exception.class);
    } else {
      assertThat(flink.run(script).outcome().lines()).isNotEmpty();
    }
  }
}
