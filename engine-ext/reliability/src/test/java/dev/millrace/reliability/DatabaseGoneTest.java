// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The database crashes and comes back while nodes work on it. */
class DatabaseGoneTest {
  private static final List<Integer> OUTAGES_S = Scale.LONG ? List.of(5, 30, 120) : List.of(5);
  private static final long BACK_WITHIN_MS = 10_000;
  private static final long STOPS_WITHIN_MS = 22_000;
  private static final long MORE_HEAP_BYTES = 16L << 20;

  @Test
  void workGoesOnWhereItWasWhenTheDatabaseIsBack() throws Exception {
    try (Server server = Server.start()) {
      Flow flow = Flow.deploy(server);
      server.execute(Workload.TABLES);
      try (HikariDataSource pool = pool(server);
          Node node = Node.start(pool, plugin -> plugin.setLeaseSeconds(5))) {
        Workload runs = new Workload(node, () -> false);
        runs.deploy();
        flow.awaitRowsSince(0);
        long heap = heapBytes();
        int piece = 0;
        for (int seconds : OUTAGES_S) {
          // work of every kind is under way when the database goes
          int number = ++piece;
          CompletableFuture<Void> work =
              CompletableFuture.runAsync(() -> perform(runs, Piece.UNDO, number));
          server.takeAway();
          TimeUnit.SECONDS.sleep(seconds);
          long grown = heapBytes() - heap;
          server.bringBack();
          long back = flow.now();
          long waited = flow.awaitRowsSince(back) - back;
          work.exceptionally(thrown -> null).get(60, TimeUnit.SECONDS);
          perform(runs, Piece.UNDO, number);
          assertThat(waited).as("ms after %d s", seconds).isLessThanOrEqualTo(BACK_WITHIN_MS);
          assertThat(grown).as("heap grown in %d s", seconds).isLessThan(MORE_HEAP_BYTES);
          Scale.print(
              "database gone",
              "%d s: rows again after %d ms, heap %+d KB, %d rows, 0 lost, 0 doubled",
              seconds,
              waited,
              grown >> 10,
              flow.count());
          flow.assertExact();
        }
      }
      Books.check(server, "outage");
    }
  }

  private static void perform(Workload workload, Piece piece, int number) {
    try {
      workload.perform(piece, number);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aNodeStopsThoughTheDatabaseIsGone() throws Exception {
    try (Server server = Server.start()) {
      Flow flow = Flow.deploy(server);
      long stopped;
      try (HikariDataSource pool = pool(server)) {
        Node node = Node.start(pool, plugin -> plugin.setLeaseSeconds(5));
        flow.awaitRowsSince(0);
        server.takeAway();
        long start = System.nanoTime();
        node.close();
        stopped = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      }
      server.bringBack();
      assertThat(stopped).isLessThanOrEqualTo(STOPS_WITHIN_MS);
      Scale.print("stop without database", "%d ms", stopped);
      long again = flow.now();
      try (HikariDataSource pool = pool(server);
          Node successor = Node.start(pool, plugin -> {})) {
        assertThat(successor.millrace().pipelines().list()).hasSize(1);
        flow.awaitRowsSince(again);
      }
      flow.assertExact();
    }
  }

  /** As an application has it, which waits for a connection for 30 seconds. */
  private static HikariDataSource pool(Server server) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(server.url());
    return pool;
  }

  private static long heapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
