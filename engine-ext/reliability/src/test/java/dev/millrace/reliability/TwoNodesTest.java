// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes and one PostgreSQL that syncs what it commits. */
class TwoNodesTest {
  private static final int KILLS = Scale.of(2, 50);
  private static final int FREEZES = Scale.of(2, 20);
  private static final int LEASE_S = 5;
  private static final int SHORT_LEASE_S = 2;

  @TempDir Path files;

  @Test
  void whatAKilledNodeDidIsTakenOverWithinTenSeconds() throws Exception {
    Percentiles takeovers = new Percentiles();
    try (Server server = Server.start()) {
      Flow flow = Flow.deploy(server);
      List<ForkedNode> nodes = new ArrayList<>();
      nodes.add(ForkedNode.start(server, "node-0", LEASE_S, files));
      flow.awaitRowsSince(0);
      try {
        for (int kill = 1; kill <= KILLS; kill++) {
          nodes.add(ForkedNode.start(server, "node-" + kill, LEASE_S, files));
          ForkedNode victim = nodes.remove(0);
          assertThat(flow.writer()).isEqualTo(victim.name());
          victim.kill();
          long killed = flow.now();
          takeovers.add(flow.awaitRowsSince(killed) - killed);
        }
      } finally {
        for (ForkedNode node : nodes) {
          node.close();
        }
      }
      flow.assertExact();
      assertThat(flow.changesOfWriter()).isEqualTo(KILLS);
      Scale.print(
          "takeover",
          "%d nodes killed, lease %d s, %s; %d rows, 0 lost, 0 doubled",
          KILLS,
          LEASE_S,
          takeovers,
          flow.count());
    }
    assertThat(takeovers.at(99)).isLessThanOrEqualTo(10_000);
  }

  @Test
  void aNodeFrozenPastItsLeaseWritesNothingWhenItGoesOn() throws Exception {
    try (Server server = Server.start()) {
      Flow flow = Flow.deploy(server);
      try (ForkedNode one = ForkedNode.start(server, "one", SHORT_LEASE_S, files);
          ForkedNode two = ForkedNode.start(server, "two", SHORT_LEASE_S, files)) {
        flow.awaitRowsSince(0);
        for (int freeze = 1; freeze <= FREEZES; freeze++) {
          ForkedNode victim = flow.writer().equals(one.name()) ? one : two;
          victim.freeze();
          flow.awaitRowsSince(flow.now());
          assertThat(flow.writer()).isNotEqualTo(victim.name());
          victim.unfreeze();
          // it would write at once: its rows are staged, its clock stands still
          long now = flow.now();
          flow.awaitRowsSince(now + 300);
          assertThat(flow.changesOfWriter()).as("after freeze %d", freeze).isEqualTo(freeze);
        }
      }
      flow.assertExact();
      Scale.print(
          "frozen node",
          "%d nodes stopped past their lease of %d s and continued: 0 rows written by them after; %d"
              + " rows, 0 lost, 0 doubled",
          FREEZES,
          SHORT_LEASE_S,
          flow.count());
    }
  }
}
