// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

/** Where a stage takes rows from. Single-threaded; called only by its stage's thread. */
abstract class StageInput {
  private boolean ended;

  void open() throws Exception {}

  /** Hands on what is at hand, at most one batch; false if there was nothing. */
  abstract boolean poll() throws Exception;

  /** Looks whether it is time to stop waiting for rows of it. */
  void listen(long nowNs) throws Exception {}

  /** Ends as if nothing more came, whatever there is. */
  void drain() throws Exception {}

  /** True if a poll would find something, as far as can be seen from outside. */
  boolean ready() {
    return false;
  }

  final boolean ended() {
    return ended;
  }

  final void markEnded() {
    ended = true;
  }

  void close() throws Exception {}
}
