// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows that are staged take memory until they are committed. */
class AwaitingCommitTest {
  private static final RowType TEXTS = RowType.of(new Column("t", DataType.STRING));
  private static final int ROWS = 1_000;
  private static final int LENGTH = 10_000;

  private final StreamEngine engine =
      new LocalStreamEngine(
          (name, sql) -> {
            throw new AssertionError("plans are built by hand here");
          },
          Clock.systemUTC());
  private final Ledger ledger = new Ledger();

  private Plan plan(Map<String, String> settings) {
    List<Object[]> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(Rows.insert("x".repeat(LENGTH)));
    }
    PlanNode scan = new PlanNode.Scan("texts", Rows.of(rows).perPoll(10), TEXTS);
    return new Plan(
        "texts.sql", List.of(new Insert("out", ledger, TEXTS, scan)), settings, ZoneOffset.UTC);
  }

  private void run(Plan plan) throws InterruptedException {
    engine.run(plan, RunRequest.standalone().withServices(Services.none()).withCommitter(ledger));
  }

  @Test
  void aRunThatStagesTooMuchFailsByName() throws Exception {
    Map<String, String> little = Map.of("millrace.max-memory", "4 mb");
    assertThatThrownBy(() -> run(plan(little)))
        .hasMessageContaining("what waits for its commit")
        .hasMessageContaining("millrace.max-memory");
    assertThat(ledger.commits()).isZero();
    run(plan(Map.of("millrace.max-memory", "40 mb")));
    assertThat(ledger.commits()).isEqualTo(1);
  }

  @Test
  void aPipelineCommitsBeforeItHoldsTooMuch() throws Exception {
    run(
        plan(
            Map.of(
                "millrace.start", "on-deployment",
                "millrace.max-memory", "4 mb",
                "millrace.commit.interval", "1 h")));
    assertThat(ledger.lines()).hasSize(ROWS);
    assertThat(ledger.commits()).isBetween(15L, 25L);
  }

  @Test
  void aBatchOfLongRowsIsFullBeforeItHasAllRows() {
    RowBatch batch = new RowBatch(TEXTS);
    while (!batch.isFull()) {
      batch.setString(batch.add(ChangeKind.INSERT), 0, "x".repeat(1 << 20));
    }
    assertThat(batch.size()).isEqualTo(9);
    RowBatch copy = new RowBatch(TEXTS);
    copy.addRange(batch, 0, batch.size());
    assertThat(copy.isFull()).isTrue();
    RowBatch ofView = new RowBatch(TEXTS);
    RowBatch view = RowBatch.view(TEXTS, batch, new RowBatch[] {batch}, new int[] {0});
    view.size(batch.size());
    ofView.addRange(view, 0, batch.size());
    assertThat(ofView.isFull()).isTrue();
    assertThat(copy.heapBytes()).isEqualTo(batch.heapBytes()).isGreaterThan(9 << 20);
    batch.clear();
    assertThat(batch.isFull()).isFalse();

    RowBatch exact = new RowBatch(TEXTS, 20);
    while (!exact.isFull()) {
      exact.setString(exact.add(ChangeKind.INSERT), 0, "x".repeat(1 << 20));
    }
    assertThat(exact.size()).isEqualTo(20);
  }
}
