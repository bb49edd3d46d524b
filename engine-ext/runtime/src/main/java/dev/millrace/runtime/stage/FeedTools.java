// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

/**
 * What all sources of a run share.
 *
 * @param idleTimeoutNs of silence until nobody waits for a source; {@link Long#MAX_VALUE} for ever
 */
record FeedTools(
    Counters counters, Recorder recorder, RunClock clock, CommitRoom room, long idleTimeoutNs) {
  /** Whether anybody asks how long a source has been silent. */
  boolean listens() {
    return idleTimeoutNs != Long.MAX_VALUE;
  }
}
