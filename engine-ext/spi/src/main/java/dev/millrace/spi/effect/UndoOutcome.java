// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.effect;

import java.util.Map;
import java.util.Optional;

/** What became, or would become, of one effect under undo. */
public sealed interface UndoOutcome {
  /**
   * Taken back.
   *
   * @param from the columns changed as they were found; empty if there was no row, or it is not
   *     told
   * @param to the same columns as they are now; empty if the row is gone, or it is not told
   */
  record Undone(Optional<Map<String, Object>> from, Optional<Map<String, Object>> to)
      implements UndoOutcome {
    /** Taken back where there are no values to tell. */
    public Undone() {
      this(Optional.empty(), Optional.empty());
    }
  }

  /** The row had changed since and was left as it is. */
  record Skipped(String reason) implements UndoOutcome {}

  /**
   * The row has changed since; nothing was done.
   *
   * @param reason for a person: the key, what was expected, what was found
   */
  record Conflict(String reason) implements UndoOutcome {}
}
