// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.camunda.config.Surroundings;
import dev.millrace.store.StoreClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The clock all nodes share is set back and forth by an hour while they work. */
class ClockTest {
  private static final int TURNS = Scale.of(4, 40);

  private volatile Duration wrongBy = Duration.ZERO;

  @Test
  void workGoesOnExactlyThoughTheClockIsSetBackAndForthByAnHour() throws Exception {
    StoreClock right = StoreClock.database();
    StoreClock clock = connection -> right.now(connection).plus(wrongBy);
    try (Server server = Server.start()) {
      Flow flow = Flow.deploy(server);
      server.execute(Workload.TABLES);
      try (Plug one = new Plug(server.dataSource());
          Plug two = new Plug(server.dataSource());
          Node first = node(one, "one", clock);
          Node second = node(two, "two", clock)) {
        Workload workload = new Workload(first, () -> false);
        workload.deploy();
        flow.awaitRowsSince(0);
        long slowest = 0;
        for (int turn = 1; turn <= TURNS; turn++) {
          wrongBy = turn % 2 == 0 ? Duration.ZERO : Duration.ofHours(turn % 4 == 1 ? 1 : -1);
          workload.perform(Piece.UNDO, turn);
          long now = flow.now();
          slowest = Math.max(slowest, flow.awaitRowsSince(now) - now);
        }
        assertThat(second.millrace().pipelines().list()).hasSize(1);
        assertThat(slowest).isLessThan(TimeUnit.SECONDS.toMillis(10));
        Scale.print(
            "clock",
            "set back and forth by an hour %d times: rows went on within %d ms, 0 lost, 0 doubled",
            TURNS,
            slowest);
      }
      flow.assertExact();
      Books.check(server, "clock");
    }
  }

  private static Node node(Plug plug, String name, StoreClock clock) {
    return Node.start(
        plug.dataSource(),
        plugin -> {
          plugin.setNode(name);
          plugin.setLeaseSeconds(2);
          plugin.setSurroundings(Surroundings.machine().withClock(clock));
        });
  }
}
