// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangelogMode;

/** A writable table, bound to its options. Immutable; opened once per run. */
public interface TableSink {
  /** What the sink takes; the engine refuses a query that changes more. */
  ChangelogMode accepts();

  EffectClass effectClass();

  /**
   * Whether it tells {@link SinkTransaction#journal()} each of its effects. The others of class
   * {@link EffectClass#FINAL} are known by the script only.
   */
  default boolean isJournaled() {
    return effectClass() != EffectClass.FINAL;
  }

  /** Called once per run, on the thread that will write. */
  RowSink open(SinkContext context) throws Exception;
}
