// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.effect;

/** What became, or would become, of one effect under undo. */
public sealed interface UndoOutcome {
  /** Taken back. */
  record Undone() implements UndoOutcome {}

  /** The row had changed since and was left as it is. */
  record Skipped(String reason) implements UndoOutcome {}

  /**
   * The row has changed since; nothing was done.
   *
   * @param reason for a person: the key, what was expected, what was found
   */
  record Conflict(String reason) implements UndoOutcome {}
}
