// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a run holds until its next commit, staged rows and dead letters, as part of its memory.
 * Thread-safe.
 */
final class Awaiting {
  private final MemoryBudget memory;
  private final AtomicLong held = new AtomicLong();

  Awaiting(MemoryBudget memory) {
    this.memory = memory;
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException category RESOURCE, if it is too much
   */
  void add(long bytes) {
    held.addAndGet(bytes);
    memory.change(bytes);
  }

  /** It is committed, or given up. */
  void release() {
    memory.change(-held.getAndSet(0));
  }

  long heldBytes() {
    return held.get();
  }
}
