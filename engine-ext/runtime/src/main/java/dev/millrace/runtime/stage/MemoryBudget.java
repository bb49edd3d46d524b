// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * How much memory runs may take for what their operators remember. Thread-safe.
 *
 * <p>What is held is estimated after each batch and never per row, so a limit is met a little late.
 */
public final class MemoryBudget {
  /** Tables double: while one does, it takes three times as much. */
  private static final int SHARE_OF_HEAP = 4;

  private final long limitBytes;
  private final LongFunction<? extends RuntimeException> exceeded;
  private final Optional<MemoryBudget> whole;
  private final AtomicLong held = new AtomicLong();

  private MemoryBudget(
      long limitBytes,
      LongFunction<? extends RuntimeException> exceeded,
      Optional<MemoryBudget> whole) {
    this.limitBytes = limitBytes;
    this.exceeded = exceeded;
    this.whole = whole;
  }

  /**
   * Of one run.
   *
   * @param whole what it is a part of
   */
  public static MemoryBudget ofRun(long limitBytes, Optional<MemoryBudget> whole) {
    return new MemoryBudget(limitBytes, held -> RunErrors.memory(held, limitBytes), whole);
  }

  /** Of all runs of a tenant on a node. */
  public static MemoryBudget ofTenant(String tenant, long limitBytes) {
    return new MemoryBudget(
        limitBytes, held -> RunErrors.tenantMemory(tenant, held, limitBytes), Optional.empty());
  }

  /** For a run that says nothing else. */
  public static long shareOfHeap() {
    return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  }

  /**
   * Takes more, or gives back.
   *
   * @throws dev.millrace.spi.error.MillraceException category RESOURCE, if it is too much; it is
   *     counted nevertheless, until it is given back
   */
  void change(long bytes) {
    long now = held.addAndGet(bytes);
    whole.ifPresent(all -> all.change(bytes));
    if (bytes > 0 && now > limitBytes) {
      throw exceeded.apply(now);
    }
  }

  /** About how many bytes are held now. */
  public long heldBytes() {
    return held.get();
  }
}
