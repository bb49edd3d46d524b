// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * One round in a JVM of its own: each query by each contender in turn, warmed up, three times;
 * prints {@code QUERY CONTENDER nanosPerEvent bytesPerEvent}, the best of the three; bytes are
 * those a long run allocates more than a short one. Fails if checksums differ.
 */
final class Round {
  private static final int WARM_UPS = 4;
  private static final int PASSES = 10;
  private static final int RUNS = 3;

  private Round() {}

  public static void main(String[] arguments) throws Exception {
    Event[] events =
        Events.generate(Integer.parseInt(arguments[0]), Events.Texts.valueOf(arguments[2]));
    List<Contender> contenders =
        List.of(new PlainLoop(events), new HandWrittenDisruptor(events), new Millrace(events));
    Query query = Query.valueOf(arguments[1]);
    for (Contender contender : contenders) {
      measure(query, contender, contenders.get(0), events.length);
    }
  }

  private static void measure(Query query, Contender contender, Contender loop, int events)
      throws Exception {
    Checksum.Outcome expected = loop.run(query, PASSES);
    for (int i = 0; i < WARM_UPS; i++) {
      check(query, contender, expected, contender.run(query, PASSES));
    }
    double bestNanos = Double.MAX_VALUE;
    long leastBytes = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long bytes = allocatedBytes();
      long start = System.nanoTime();
      Checksum.Outcome outcome = contender.run(query, PASSES);
      bestNanos = Math.min(bestNanos, (System.nanoTime() - start) / ((double) events * PASSES));
      leastBytes = Math.min(leastBytes, allocatedBytes() - bytes);
      check(query, contender, expected, outcome);
    }
    System.out.printf(
        "%s %s %.3f %.3f%n",
        query,
        contender.name(),
        bestNanos,
        (leastBytes - bytesOfShortRun(query, contender)) / (double) (events * (PASSES - 1)));
  }

  /** What a run allocates besides what it may allocate per event: tables, threads, buffers. */
  private static long bytesOfShortRun(Query query, Contender contender) throws Exception {
    long bytes = allocatedBytes();
    contender.run(query, 1);
    return allocatedBytes() - bytes;
  }

  private static void check(
      Query query, Contender contender, Checksum.Outcome expected, Checksum.Outcome found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException(
          query + " by " + contender.name() + " yields " + found + ", expected " + expected);
    }
  }

  /** Of the calling thread, which is the one that runs the query in all but the ring's consumer. */
  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
