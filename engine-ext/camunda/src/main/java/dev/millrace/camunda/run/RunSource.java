// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.camunda.work.WorkSource;
import dev.millrace.store.Claim;
import dev.millrace.store.Runs;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Queued runs, claimed for one node. */
public record RunSource(
    Runs runs, RunWork.Tools tools, String node, Duration lease, int maxPerTenant)
    implements WorkSource {
  @Override
  public List<RunWork> claim(int max) throws SQLException {
    return runs.claim(node, max, lease, maxPerTenant).stream()
        .map(run -> new RunWork(run, tools))
        .toList();
  }

  @Override
  public Set<Claim> renew(Collection<Claim> held) throws SQLException {
    return runs.renew(node, held, lease);
  }

  @Override
  public void release() throws SQLException {
    runs.release(node);
  }
}
