// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.RowBatch;

/** What a run offers its sources, operators and sinks. Thread-safe. */
final class RunContext implements SourceContext, OperatorContext, SinkContext {
  private final RunSettings settings;
  private final Counters counters;

  RunContext(RunSettings settings, Counters counters) {
    this.settings = settings;
    this.counters = counters;
  }

  @Override
  public Services services() {
    return settings.services();
  }

  @Override
  public boolean transactional() {
    return settings.transactional();
  }

  @Override
  public long maxStagedRows() {
    return settings.maxStagedRows();
  }

  @Override
  public void late(long rows) {
    counters.late.add(rows);
  }

  @Override
  public void deadLetter(RowBatch batch, int row, Exception cause) {
    deadLetter(batch.rowToString(row), "", cause);
  }

  @Override
  public void deadLetter(String record, String position, Exception cause) {
    synchronized (settings.deadRows()) {
      settings.deadRows().take(record, position, cause);
    }
    counters.dead.increment();
  }
}
