// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/**
 * Where a run is in its life.
 *
 * <pre>
 *            insert            claim             complete           claimRun        undo
 *   ───────→ QUEUED ─────────→ RUNNING ────────→ COMPLETED ───────→ UNDOING ──────→ UNDONE
 *              ↑ ↑               │ │ │
 *              │ └── retry later ┘ │ └─ fail ──→ FAILED
 *              └──── requeue ── INCIDENT
 *   QUEUED, RUNNING, INCIDENT ── cancel ──→ CANCELLED
 * </pre>
 */
public enum RunState {
  /** Waits for a node, or for its due date after a failure. */
  QUEUED,
  /** A node works on it, as long as its lease lasts. */
  RUNNING,
  /** Failed; waits for an operator. */
  INCIDENT,
  /** Its effects are committed, and the activity has gone on. */
  COMPLETED,
  /** Failed for good; the process has been told. */
  FAILED,
  /** Its activity is gone. */
  CANCELLED,
  /** A compensation handler has claimed it. */
  UNDOING,
  /** Its effects are taken back. */
  UNDONE
}
