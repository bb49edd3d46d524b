// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.Stateful;
import dev.millrace.runtime.state.Weighed;

/**
 * How often each value is there, for aggregates over DISTINCT values. Single-threaded.
 *
 * <p>A value is a word and a reference as in a {@link dev.millrace.spi.row.RowBatch}.
 */
public interface Counts extends Stateful, Weighed {
  /** Counts a value; true if it was not there. */
  boolean add(long word, Object ref, long times);

  /** Counts a value down; true if it is no longer there. */
  boolean remove(long word, Object ref);

  /** Begins at the first value; call {@link #next} before anything else. */
  Cursor values();

  /** Walks over values. */
  interface Cursor {
    boolean next();

    long word();

    Object ref();

    long times();
  }
}
