// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.print;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangelogMode;

/** Computes everything, keeps nothing: for measuring. */
record BlackholeSink() implements TableSink {
  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.ALL;
  }

  @Override
  public EffectClass effectClass() {
    return EffectClass.NONE;
  }

  @Override
  public RowSink open(SinkContext context) {
    return batch -> {};
  }
}
