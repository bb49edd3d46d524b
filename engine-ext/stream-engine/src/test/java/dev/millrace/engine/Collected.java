// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table that keeps what is written as lines; staged rows once they are committed. */
final class Collected implements TableSink {
  private final ChangelogMode accepts;
  private final List<String> lines = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();

  Collected(ChangelogMode accepts) {
    this.accepts = accepts;
  }

  static Collected all() {
    return new Collected(ChangelogMode.ALL);
  }

  List<String> lines() {
    return lines;
  }

  /** {@code finish} and {@code close} as they came. */
  List<String> calls() {
    return calls;
  }

  /** Rows with how often they are there. */
  Map<String, Integer> folded() {
    Map<String, Integer> rows = new TreeMap<>();
    for (String line : lines) {
      int change = line.startsWith("+") ? 1 : -1;
      rows.merge(line.substring(2), change, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
    }
    return rows;
  }

  @Override
  public ChangelogMode accepts() {
    return accepts;
  }

  @Override
  public EffectClass effectClass() {
    return EffectClass.REVERSIBLE;
  }

  @Override
  public RowSink open(SinkContext context) {
    return new Writer(context.transactional());
  }

  private final class Writer implements TransactionalSink {
    private final boolean stages;
    private final List<String> staged = new ArrayList<>();
    private int applied;

    Writer(boolean stages) {
      this.stages = stages;
    }

    @Override
    public void write(RowBatch batch) {
      for (int row = 0; row < batch.size(); row++) {
        (stages ? staged : lines).add(batch.rowToString(row));
      }
    }

    @Override
    public void finish() {
      calls.add("finish");
    }

    @Override
    public void close() {
      calls.add("close");
    }

    @Override
    public void apply(SinkTransaction transaction) {
      applied = staged.size();
    }

    @Override
    public void committed() {
      lines.addAll(staged.subList(0, applied));
      staged.subList(0, applied).clear();
    }
  }
}
