// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.print;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangelogMode;

/**
 * Prints to the process's standard output or error, whichever stream that is when a run opens it.
 *
 * @param prefix before each row; may be empty
 */
record PrintSink(String prefix, boolean standardError) implements TableSink {
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
    return new RowPrinter(prefix, standardError ? System.err : System.out);
  }
}
