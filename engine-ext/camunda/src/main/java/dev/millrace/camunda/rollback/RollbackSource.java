// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.work.WorkSource;
import dev.millrace.camunda.work.WorkSources;
import dev.millrace.store.Claim;
import dev.millrace.store.Rollback;
import dev.millrace.store.RollbackOrders;
import dev.millrace.store.Rollbacks;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Process instances with parked handlers, claimed for one node. */
public record RollbackSource(
    Rollbacks rollbacks, RollbackWork.Tools tools, String node, Duration lease)
    implements WorkSource {
  /** Also what operators have ordered. */
  public static WorkSource withOrders(
      RollbackOrders orders,
      Rollbacks rollbacks,
      RollbackWork.Tools tools,
      String node,
      Duration lease) {
    OrderWork.Tools orderTools =
        new OrderWork.Tools(
            tools.commands(),
            orders,
            new ScopeUndo(tools.undo()),
            tools.retries(),
            tools.wakeAfter());
    return new WorkSources(
        List.of(
            new RollbackSource(rollbacks, tools, node, lease),
            new OrderSource(orderTools, node, lease)));
  }

  @Override
  public List<RollbackWork> claim(int max) throws SQLException {
    List<RollbackWork> works = new ArrayList<>();
    for (String processInstanceId : rollbacks.instancesWithParked(max)) {
      List<Rollback> handlers = rollbacks.claim(node, processInstanceId, lease);
      if (!handlers.isEmpty()) {
        works.add(new RollbackWork(processInstanceId, handlers, tools));
      }
    }
    return works;
  }

  @Override
  public Set<Claim> renew(Collection<Claim> held) throws SQLException {
    return rollbacks.renew(node, held, lease);
  }

  @Override
  public void release() throws SQLException {
    rollbacks.release(node);
  }
}
