// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/** What an operator wants of a pipeline; the node that runs it sees to it. */
public enum PipelineWish {
  /** Commit now, and store a snapshot. */
  CHECKPOINT,
  /** As {@link #CHECKPOINT}, then hold. */
  PAUSE,
  /** Read no more, let all windows fire, commit; then stop, or go on as what follows. */
  DRAIN
}
