// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a run has done so far. Any thread may add (once a batch) and read. */
final class Counters {
  final LongAdder rowsIn = new LongAdder();
  final LongAdder rowsOut = new LongAdder();
  final LongAdder late = new LongAdder();
  final LongAdder dead = new LongAdder();

  /** What operators do now they have done before: its late and dead rows are known. */
  volatile boolean repeating;

  final AtomicLong watermark = new AtomicLong(Long.MIN_VALUE);

  FlowMetrics read() {
    return new FlowMetrics(rowsIn.sum(), rowsOut.sum(), late.sum(), dead.sum(), watermark.get());
  }
}
