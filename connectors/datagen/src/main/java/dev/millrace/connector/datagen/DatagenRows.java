// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowRate;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import java.util.List;

/** Single-threaded. A position is {@code <rows made>:<seed>}. */
final class DatagenRows implements RewindableSource {
  private final FieldGenerator[] generators;
  private final long rowCount;
  private final RowRate rate;
  private RowRandom random;
  private long next;

  DatagenRows(List<FieldGenerator> generators, long rowCount, RowRate rate, long seed) {
    this.generators = generators.toArray(FieldGenerator[]::new);
    this.rowCount = rowCount;
    this.rate = rate;
    random = new RowRandom(seed);
  }

  @Override
  public Status poll(RowBatch batch) {
    long due = Math.min(rate.due(), batch.room());
    long count = Math.min(due, rowCount - next);
    for (long i = 0; i < count; i++) {
      random.startRow(next);
      int row = batch.add(ChangeKind.INSERT);
      for (int column = 0; column < generators.length; column++) {
        generators[column].set(batch, row, column, next, random);
      }
      next++;
    }
    rate.give(count);
    if (next == rowCount) {
      return Status.END;
    }
    return batch.isFull() ? Status.MORE : Status.IDLE;
  }

  @Override
  public String position() {
    return next + ":" + random.seed();
  }

  @Override
  public void seek(String position) {
    int colon = position.indexOf(':');
    next = Long.parseLong(position.substring(0, colon));
    random = new RowRandom(Long.parseLong(position.substring(colon + 1)));
  }
}
