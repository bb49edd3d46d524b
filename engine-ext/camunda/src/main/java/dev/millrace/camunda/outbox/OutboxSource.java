// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.outbox;

import dev.millrace.camunda.work.WorkSource;
import dev.millrace.store.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Targets for which records wait, claimed for one node. */
public record OutboxSource(OutboxWork.Tools tools, String node, Duration lease)
    implements WorkSource {
  @Override
  public List<OutboxWork> claim(int max) throws SQLException {
    return tools.desk().outboxes().claim(node, max, lease).stream()
        .map(target -> new OutboxWork(target, tools))
        .toList();
  }

  @Override
  public Set<Claim> renew(Collection<Claim> held) throws SQLException {
    return tools.desk().outboxes().renew(node, held, lease);
  }

  @Override
  public void release() throws SQLException {
    tools.desk().outboxes().release(node);
  }
}
