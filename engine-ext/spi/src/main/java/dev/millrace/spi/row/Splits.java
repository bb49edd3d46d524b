// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

import java.util.List;

/**
 * The parts of a source that each have an order of their own, such as a topic's partitions, as of
 * some moment. Event time is that of the slowest part that is not silent. Immutable: a source makes
 * a new one when something changes, and batches carry it.
 */
public final class Splits {
  private final List<String> names;
  private final boolean[] silent;

  /**
   * @param names the same for the same part, whenever it is read
   * @param silent by name: event time does not wait for it
   */
  public Splits(List<String> names, boolean[] silent) {
    this.names = List.copyOf(names);
    this.silent = silent.clone();
  }

  public int size() {
    return silent.length;
  }

  public String name(int split) {
    return names.get(split);
  }

  public boolean isSilent(int split) {
    return silent[split];
  }
}
