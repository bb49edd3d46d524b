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

  /** Column by column: sums of products by constants are products of sums, also when they wrap. */
  private static void sum(RowBatch batch, Checksum checksum) {
    int size = batch.size();
    long sum = 31 * sum(batch.words(0), size) + 17 * sum(batch.words(1), size);
    switch (batch.type().size()) {
      case 2 -> checksum.add(size, sum);
      case 3 -> checksum.add(size, sum + sum(batch.words(2), size));
      default ->
          checksum.add(
              size,
              sum
                  + 13 * sum(batch.words(2), size)
                  + sum(batch.words(3), size)
                  + lengths(batch.refs(4), size));
    }
  }

  private static long sum(long[] words, int size) {
    long sum = 0;
    for (int row = 0; row < size; row++) {
      sum += words[row];
    }
    return sum;
  }

  private static long lengths(Object[] texts, int size) {
    long sum = 0;
    for (int row = 0; row < size; row++) {
      sum += ((String) texts[row]).length();
    }
    return sum;
  }
}
