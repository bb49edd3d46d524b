// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.work.WorkSource;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.store.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pipelines that shall run, claimed for one node. */
public record PipelineSource(PipelineWork.Tools tools, String node, Duration lease)
    implements WorkSource {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineSource.class);

  /** Also reads what is wanted of those that are at work. */
  @Override
  public List<PipelineWork> claim(int max) throws SQLException {
    tools.wishes().read(tools.store().wishes().of(node));
    tools.wishes().readReplays(tools.store().letterReplays().pipelines(node));
    return tools.store().pipelines().claim(node, max, lease).stream()
        .map(pipeline -> new PipelineWork(pipeline, tools))
        .toList();
  }

  /** A pipeline whose deployment was deleted is stopped; of the others is told how far they are. */
  @Override
  public Set<Claim> renew(Collection<Claim> held) throws SQLException {
    Set<Claim> deployed = new HashSet<>();
    for (Claim claim : held) {
      if (!tools.stopIfUndeployed(claim)) {
        deployed.add(claim);
      }
    }
    Set<Claim> kept = tools.store().pipelines().renew(node, deployed, lease);
    tell(kept);
    return kept;
  }

  /** So that other nodes can show it, too; leases do not depend on whether that succeeds. */
  private void tell(Set<Claim> claims) {
    Map<Claim, PipelineProgress> progress = new HashMap<>();
    for (Claim claim : claims) {
      PipelineProgress now = tools.progress().get(claim.id());
      if (now != null) {
        progress.put(claim, now);
      }
    }
    try {
      tools.store().progress().tell(progress);
    } catch (SQLException | RuntimeException e) {
      LOG.warn("node {} could not tell how far its pipelines are: {}", node, e.toString());
      LOG.debug("node {} could not tell how far its pipelines are", node, e);
    }
  }

  @Override
  public void release() throws SQLException {
    tools.store().pipelines().release(node);
  }
}
