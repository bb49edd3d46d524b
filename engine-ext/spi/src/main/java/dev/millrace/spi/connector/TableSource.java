// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.row.ChangelogMode;

/** A readable table, bound to its options. Immutable; opened once per run. */
public interface TableSource {
  Boundedness boundedness();

  default ChangelogMode changelogMode() {
    return ChangelogMode.INSERT_ONLY;
  }

  /**
   * True if {@link RowSource#poll} may block on input or output: the source then gets a thread of
   * its own and hands over by a ring.
   */
  default boolean blocks() {
    return false;
  }

  /**
   * Whether the thread of a source that {@linkplain #blocks blocks} may be interrupted when the run
   * is cancelled. If not, the run waits a while for the poll to return: an embedded database loses
   * its file when a thread is interrupted while it reads.
   */
  default boolean interruptible() {
    return true;
  }

  /**
   * Whether reading again from a position gives the same rows in the same order; of a {@link
   * PartedSource}, whether each part does. A pipeline that remembers other rows writes all it
   * remembers down with each commit.
   */
  default boolean repeats() {
    return true;
  }

  /** Called once per run, on the thread that will poll. */
  RowSource open(SourceContext context) throws Exception;
}
