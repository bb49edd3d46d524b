// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.fault.FaultPoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A node that dies at each fault point there is, twice in a row: what it was doing is done exactly
 * once by its successors. In every build the node dies by losing its database for good in the
 * middle of what it does, which to the database is the same; a few points, and in the long form
 * all, end a JVM of its own.
 */
class FaultPointsTest {
  private static final List<FaultPoint> HALTED =
      Scale.LONG
          ? List.of(FaultPoint.values())
          : List.of(
              FaultPoint.RUN_COMPLETED, FaultPoint.PIPELINE_ADVANCED, FaultPoint.ROLLBACK_DONE);

  @Test
  void aNodeCutOffAtEachPointTwiceInARowIsSurvived() throws Exception {
    long start = System.nanoTime();
    try (Server server = Server.start()) {
      server.execute(Workload.TABLES);
      for (FaultPoint point : FaultPoint.values()) {
        assertThat(dies(server, point)).as("reached %s", point).isTrue();
        assertThat(dies(server, point)).as("reached %s again", point).isTrue();
        recovers(server, point);
      }
    }
    Scale.print(
        "fault points",
        "%d points hit twice in a row, all recovered, %d s",
        FaultPoint.values().length,
        (System.nanoTime() - start) / 1_000_000_000);
  }

  @Test
  void aJvmHaltedAtAPointTwiceInARowIsSurvived() throws Exception {
    long start = System.nanoTime();
    try (Server server = Server.start()) {
      server.execute(Workload.TABLES);
      for (FaultPoint point : HALTED) {
        assertThat(ForkedLife.halts(server.url(), point)).as("reached %s", point).isTrue();
        assertThat(ForkedLife.halts(server.url(), point)).as("reached %s again", point).isTrue();
        recovers(server, point);
      }
    }
    Scale.print(
        "halted JVMs",
        "%d points hit twice in a row, all recovered, %d s",
        HALTED.size(),
        (System.nanoTime() - start) / 1_000_000_000);
  }

  /** Returns whether the node died at the point. */
  private static boolean dies(Server server, FaultPoint point) throws Exception {
    Plug plug = new Plug(server.dataSource());
    AtomicBoolean dead = new AtomicBoolean();
    FaultPoint.inject(
        reached -> {
          if (dead.get()) {
            throw new Crash("a dead node came to " + reached);
          }
          if (reached == point && dead.compareAndSet(false, true)) {
            plug.cut();
            throw new Crash(point.name());
          }
        });
    try (plug) {
      Life.live(plug.dataSource(), point, dead::get);
    } catch (Crash | Exception e) {
      if (!dead.get()) {
        throw e;
      }
    } finally {
      FaultPoint.inject(reached -> {});
    }
    return dead.get();
  }

  private static void recovers(Server server, FaultPoint point) throws Exception {
    try (Plug plug = new Plug(server.dataSource())) {
      Life.live(plug.dataSource(), point, () -> false);
    }
    Books.check(server, point.name());
  }
}
