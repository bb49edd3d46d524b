// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.state;

/**
 * Keeps something from one batch to the next that its output depends on. Called between batches, by
 * the thread it belongs to.
 */
public interface Stateful {
  /** Writes all of it down; nothing changes. */
  void snapshot(StateWriter out);

  /**
   * Takes over what another of the same kind, for the same node of the plan, has written. Called
   * once, opened and still empty.
   *
   * @throws dev.millrace.spi.error.MillraceException if it is not whole
   */
  void restore(StateReader in);
}
