// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

/**
 * What a run holds until its next commit, staged rows and dead letters, as part of its memory.
 * Thread-safe; lanes of a run that fails may come late.
 */
final class Awaiting {
  private final MemoryBudget memory;
  private volatile long held;
  private boolean closed;

  Awaiting(MemoryBudget memory) {
    this.memory = memory;
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException category RESOURCE, if it is too much
   */
  synchronized void add(long bytes) {
    if (!closed) {
      held += bytes;
      memory.change(bytes);
    }
  }

  /** It is committed. */
  synchronized void release() {
    memory.change(-held);
    held = 0;
  }

  /** It is given up, and nothing counts any more. */
  synchronized void close() {
    release();
    closed = true;
  }

  long heldBytes() {
    return held;
  }
}
