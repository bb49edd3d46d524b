// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import java.util.List;

/**
 * A table of given rows.
 *
 * @param rows cells behind a change kind
 * @param perPoll rows a poll yields at most
 * @param endless never ends, and is idle behind its rows
 */
record Rows(List<Object[]> rows, int perPoll, boolean blocks, boolean endless, ChangelogMode mode)
    implements TableSource {
  static Object[] row(ChangeKind kind, Object... cells) {
    Object[] row = new Object[cells.length + 1];
    row[0] = kind;
    System.arraycopy(cells, 0, row, 1, cells.length);
    return row;
  }

  static Object[] insert(Object... cells) {
    return row(ChangeKind.INSERT, cells);
  }

  static Rows of(Object[]... rows) {
    return of(List.of(rows));
  }

  static Rows of(List<Object[]> rows) {
    return new Rows(rows, Integer.MAX_VALUE, false, false, ChangelogMode.INSERT_ONLY);
  }

  Rows perPoll(int most) {
    return new Rows(rows, most, blocks, endless, mode);
  }

  Rows blocking() {
    return new Rows(rows, perPoll, true, endless, mode);
  }

  Rows unending() {
    return new Rows(rows, perPoll, blocks, true, mode);
  }

  Rows changing() {
    return new Rows(rows, perPoll, blocks, endless, ChangelogMode.ALL);
  }

  @Override
  public Boundedness boundedness() {
    return endless ? Boundedness.UNBOUNDED : Boundedness.BOUNDED;
  }

  @Override
  public ChangelogMode changelogMode() {
    return mode;
  }

  @Override
  public RowSource open(SourceContext context) {
    return new Reader();
  }

  private final class Reader implements RewindableSource {
    private int next;

    @Override
    public Status poll(RowBatch batch) {
      for (int i = 0; i < perPoll && next < rows.size() && !batch.isFull(); i++) {
        append(rows.get(next++), batch);
      }
      if (next < rows.size()) {
        return Status.MORE;
      }
      return endless ? Status.IDLE : Status.END;
    }

    private static void append(Object[] cells, RowBatch batch) {
      int row = batch.add((ChangeKind) cells[0]);
      for (int column = 1; column < cells.length; column++) {
        RowValues.set(batch, row, column - 1, cells[column]);
      }
    }

    @Override
    public String position() {
      return Integer.toString(next);
    }

    @Override
    public void seek(String position) {
      next = Integer.parseInt(position);
    }
  }
}
