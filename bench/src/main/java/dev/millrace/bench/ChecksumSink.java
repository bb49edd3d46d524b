// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import java.util.Set;

/** Sums rows of two, three or five columns, as the hand-written programs do. */
final class ChecksumSink implements SinkFactory, TableSink {
  private Checksum checksum = new Checksum();

  /** Starts anew; the next run's rows are summed there. */
  Checksum reset() {
    checksum = new Checksum();
    return checksum;
  }

  @Override
  public String identifier() {
    return "checksum";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public TableSink sink(TableContext table) {
    return this;
  }

  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.INSERT_ONLY;
  }

  @Override
  public EffectClass effectClass() {
    return EffectClass.NONE;
  }

  @Override
  public RowSink open(SinkContext context) {
    Checksum sum = checksum;
    return batch -> sum(batch, sum);
  }

  private static void sum(RowBatch batch, Checksum checksum) {
    int size = batch.size();
    long[] a = batch.words(0);
    long[] b = batch.words(1);
    switch (batch.type().size()) {
      case 2 -> {
        for (int row = 0; row < size; row++) {
          checksum.add(a[row], b[row], 0);
        }
      }
      case 3 -> {
        long[] c = batch.words(2);
        for (int row = 0; row < size; row++) {
          checksum.add(a[row], b[row], c[row]);
        }
      }
      default -> {
        long[] c = batch.words(2);
        long[] d = batch.words(3);
        Object[] e = batch.refs(4);
        for (int row = 0; row < size; row++) {
          checksum.add(a[row], b[row], c[row], d[row], (String) e[row]);
        }
      }
    }
  }
}
