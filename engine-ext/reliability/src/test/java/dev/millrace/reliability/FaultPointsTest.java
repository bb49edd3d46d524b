// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.fault.FaultPoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

  private static Broker broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker = Broker.start();
    broker.fill("sent", 1, List.of());
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

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
    long senders =
        Stream.of(FaultPoint.values())
            .map(Piece::reaching)
            .filter(piece -> piece == Piece.SEND || piece == Piece.SEND_ANEW)
            .count();
    assertThat(broker.values("sent"))
        .doesNotHaveDuplicates()
        .hasSize(Math.toIntExact(senders * 2 * Workload.ROWS));
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
        assertThat(ForkedLife.halts(server.url(), broker.servers(), point))
            .as("reached %s", point)
            .isTrue();
        assertThat(ForkedLife.halts(server.url(), broker.servers(), point))
            .as("reached %s again", point)
            .isTrue();
        recovers(server, point);
      }
    }
    Scale.print(
        "halted JVMs",
        "%d points hit twice in a row, all recovered, %d s",
        HALTED.size(),
        (System.nanoTime() - start) / 1_000_000_000);
  }

  @Test
  void aRunThatKillsItsNodesIsAnIncidentAfterAFewTakeovers() throws Exception {
    int takeovers = 3;
    int deaths = 0;
    try (Server server = Server.start()) {
      server.execute(Workload.TABLES);
      while (kills(server, takeovers)) {
        deaths++;
      }
      assertThat(deaths).isEqualTo(takeovers + 1);
      assertThat(server.texts("SELECT ERROR_CODE FROM MR_RUN WHERE STATE = 'INCIDENT'"))
          .containsExactly("MR-BPMN-033");
    }
  }

  /** Whether the run killed the node, and not became an incident. */
  private static boolean kills(Server server, int takeovers) throws Exception {
    Plug plug = new Plug(server.dataSource());
    AtomicBoolean dead = new AtomicBoolean();
    dieAt(FaultPoint.RUN_COMMITTING, plug, dead);
    try (plug;
        Node node =
            Node.start(
                plug.dataSource(),
                plugin -> {
                  plugin.setNode("mortal");
                  plugin.setMaxTakeovers(takeovers);
                })) {
      Steps steps = new Steps(node, dead::get);
      new Workload(node, dead::get).deploy();
      steps.once(
          "poison",
          db -> {
            Steps.execute(db, "INSERT INTO ITEM VALUES (1, 10)");
            node.engine.getRuntimeService().startProcessInstanceByKey("keep", Map.of("id", 1L));
          });
      steps.until(() -> node.engine.getRuntimeService().createIncidentQuery().count() == 1);
    } catch (Crash | AssertionError | Exception e) {
      if (!dead.get()) {
        throw e;
      }
    } finally {
      FaultPoint.inject(reached -> {});
    }
    return dead.get();
  }

  /** Returns whether the node died at the point. */
  private static boolean dies(Server server, FaultPoint point) throws Exception {
    Plug plug = new Plug(server.dataSource());
    AtomicBoolean dead = new AtomicBoolean();
    dieAt(point, plug, dead);
    try (plug) {
      Life.live(plug.dataSource(), broker.servers(), point, dead::get, false);
    } catch (Crash | AssertionError | Exception e) {
      // the driver asserts that no connection is lost while it is asked
      if (!dead.get()) {
        throw e;
      }
    } finally {
      FaultPoint.inject(reached -> {});
    }
    return dead.get();
  }

  private static void dieAt(FaultPoint point, Plug plug, AtomicBoolean dead) {
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
  }

  private static void recovers(Server server, FaultPoint point) throws Exception {
    try (Plug plug = new Plug(server.dataSource())) {
      Life.live(plug.dataSource(), broker.servers(), point, () -> false, true);
    }
    Books.check(server, point.name());
  }
}
