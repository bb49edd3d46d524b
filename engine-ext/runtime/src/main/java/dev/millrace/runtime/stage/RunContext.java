// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a run offers one of its sources, operators or sinks. Thread-safe. */
final class RunContext implements SourceContext, OperatorContext, SinkContext {
  private static final int SHOWN_CHARS = 10_000;

  /** About what a dead letter takes besides its record. */
  private static final int LETTER_BYTES = 1_000;

  private final RunSettings settings;
  private final Counters counters;
  private final Awaiting awaiting;
  private final Supplier<String> near;
  private final DeadRow.Side side;
  private final String table;

  /**
   * @param near where sources stand, for rows of which nobody knows better
   */
  RunContext(
      RunSettings settings,
      Counters counters,
      Awaiting awaiting,
      Supplier<String> near,
      DeadRow.Side side,
      String table) {
    this.settings = settings;
    this.counters = counters;
    this.awaiting = awaiting;
    this.near = near;
    this.side = side;
    this.table = table;
  }

  @Override
  public Services services() {
    return settings.services();
  }

  @Override
  public Optional<Duration> idleTimeout() {
    return settings.time().idleTimeout();
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
    if (!counters.repeating) {
      counters.late.add(rows);
    }
  }

  @Override
  public void deadLetter(RowBatch batch, int row, Exception cause) {
    if (counters.repeating) {
      return;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (int column = 0; column < batch.type().size(); column++) {
      values.put(batch.type().name(column), RowValues.get(batch, row, column));
    }
    take(batch.kind(row), values, batch.rowToString(row), cause);
  }

  @Override
  public void deadLetter(ChangeKind kind, Map<String, Object> row, MillraceException cause) {
    if (counters.repeating) {
      return;
    }
    try {
      take(kind, row, kind.shortName() + row, cause);
    } catch (MillraceException failure) {
      // where the run shall fail, it fails with what the sink says: it has told of the row
      throw failure.getCause() == cause ? cause : failure;
    }
  }

  /** A row that takes another away is no row to be written again. */
  private void take(ChangeKind kind, Map<String, Object> row, String text, Exception cause) {
    take(Optional.empty(), kind.adds() ? row : Map.of(), text, near.get(), cause);
  }

  @Override
  public void deadLetter(String record, String position, Exception cause) {
    take(Optional.empty(), Map.of(), record, position, cause);
  }

  @Override
  public void deadLetter(byte[] record, String position, Exception cause) {
    String text = new String(record, StandardCharsets.UTF_8);
    String shown = text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS);
    take(Optional.of(record), Map.of(), shown, position, cause);
  }

  private void take(
      Optional<byte[]> bytes,
      Map<String, Object> row,
      String text,
      String position,
      Exception cause) {
    synchronized (settings.deadRows()) {
      settings.deadRows().take(new DeadRow(side, table, bytes, row, text, position, cause));
    }
    counters.dead.increment();
    if (settings.transactional()) {
      awaiting.add(LETTER_BYTES + text.length() + bytes.map(some -> some.length).orElse(0));
    }
  }
}
