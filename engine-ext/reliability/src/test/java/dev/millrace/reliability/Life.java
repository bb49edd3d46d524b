// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.spi.fault.FaultPoint;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** What a node does that shall die at a point: start, do a piece of work that reaches it, stop. */
final class Life {
  private Life() {}

  static void live(
      DataSource database,
      String kafkaServers,
      FaultPoint point,
      BooleanSupplier dead,
      boolean last)
      throws Exception {
    int number = point.ordinal();
    try (Node node =
        Node.start(
            database,
            plugin -> {
              plugin.setNode("mortal");
              plugin.setLeaseSeconds(1);
              // one after the other: a point after a commit is reached once more by the next
              plugin.setWorkers(1);
              plugin.setInboxSweepMillis(100);
              plugin.setEndpoints(
                  Broker.endpoints(
                      kafkaServers, Workload.fresh(number, 1), Workload.fresh(number, 2)));
            })) {
      Workload workload = new Workload(node, dead);
      workload.deploy();
      workload.perform(Piece.reaching(point), number, last);
    }
  }
}
