// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/** Where a parked handler is. */
public enum RollbackState {
  /** Waits for a node, or for its due date. */
  PARKED,
  /**
   * Met a conflict or a failure; waits for an operator. Its whole process instance waits with it.
   */
  INCIDENT,
  /** Undone; the handler has gone on. */
  DONE,
  /** The handler is gone. */
  CANCELLED
}
