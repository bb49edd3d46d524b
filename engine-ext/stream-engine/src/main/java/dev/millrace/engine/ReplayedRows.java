// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.runtime.stage.RunErrors;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RecordSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what is replayed: bytes by the table's own source, or rows. Immutable. */
record ReplayedRows(TableSource original, Replay replay) implements TableSource {
  /** A table of which nothing is read. */
  static TableSource nothing(TableSource original) {
    return new ReplayedRows(original, new Replay(DeadLetter.Side.SOURCE, "", List.of(), List.of()));
  }

  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public RowSource open(SourceContext context) throws Exception {
    if (!replay.records().isEmpty()) {
      if (original instanceof RecordSource records) {
        return records.replay(replay.records(), context);
      }
      throw EngineErrors.noRecords(replay.table());
    }
    return new Rows(replay.side(), replay.table(), replay.rows().iterator());
  }

  /**
   * Reads all of it.
   *
   * @throws MillraceException category DATA, if it cannot be read
   */
  List<RowBatch> read(RowType type, Services services) {
    List<RowBatch> batches = new ArrayList<>();
    try (RowSource rows = open(new Refusing(services))) {
      RowSource.Status status = RowSource.Status.MORE;
      while (status != RowSource.Status.END) {
        RowBatch batch = new RowBatch(type);
        status = rows.poll(batch);
        if (!batch.isEmpty()) {
          batches.add(batch);
        }
      }
    } catch (MillraceException e) {
      throw e;
    } catch (Exception e) {
      throw EngineErrors.notReadAgain(replay.table(), e);
    }
    return batches;
  }

  /** What cannot be read ends the reading. */
  private record Refusing(Services services) implements SourceContext {
    @Override
    public void deadLetter(String record, String position, Exception cause) {
      throw RunErrors.row(record, position, cause);
    }
  }

  private record Rows(DeadLetter.Side side, String table, Iterator<Map<String, Object>> rows)
      implements RowSource {
    @Override
    public Status poll(RowBatch batch) {
      while (!batch.isFull() && rows.hasNext()) {
        add(batch, rows.next());
      }
      return rows.hasNext() ? Status.MORE : Status.END;
    }

    private void add(RowBatch batch, Map<String, Object> values) {
      Map<String, Object> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      byName.putAll(values);
      if (side == DeadLetter.Side.SINK) {
        checkColumns(batch, byName.keySet());
      }
      int row = batch.add(ChangeKind.INSERT);
      for (int column = 0; column < batch.type().size(); column++) {
        String name = batch.type().name(column);
        Object value = byName.get(name);
        if (side == DeadLetter.Side.SOURCE && !byName.containsKey(name)) {
          throw EngineErrors.replayedValue(table, name, "it is missing; give it, null if need be");
        }
        if (value == null && !batch.type().type(column).nullable()) {
          throw EngineErrors.replayedValue(table, name, "it must not be NULL");
        }
        try {
          RowValues.set(batch, row, column, PlainValues.fit(value, batch.type().type(column)));
        } catch (RuntimeException e) {
          throw EngineErrors.replayedValue(
              table,
              name,
              "%s is no %s".formatted(value, batch.type().type(column).withNullable(true)));
        }
      }
    }

    /** A source is known by the columns its script reads; a sink by all that are written. */
    private void checkColumns(RowBatch batch, Set<String> given) {
      Set<String> unknown = new HashSet<>(given);
      for (int column = 0; column < batch.type().size(); column++) {
        unknown.removeIf(batch.type().name(column)::equalsIgnoreCase);
      }
      if (!unknown.isEmpty()) {
        throw EngineErrors.replayedValue(
            table, String.join(", ", unknown), "the table has no such column");
      }
    }
  }
}
