// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.work.Work;
import dev.millrace.camunda.work.WorkSource;
import dev.millrace.store.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Rollbacks that operators asked for, claimed for one node. */
record OrderSource(OrderWork.Tools tools, String node, Duration lease) implements WorkSource {
  @Override
  public List<? extends Work> claim(int max) throws SQLException {
    return tools.orders().claim(node, max, lease).stream()
        .map(order -> new OrderWork(order, tools))
        .toList();
  }

  @Override
  public Set<Claim> renew(Collection<Claim> held) throws SQLException {
    return tools.orders().renew(node, held, lease);
  }

  @Override
  public void release() throws SQLException {
    tools.orders().release(node);
  }
}
