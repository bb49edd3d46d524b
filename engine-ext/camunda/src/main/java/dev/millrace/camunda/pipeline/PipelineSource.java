// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.work.WorkSource;
import dev.millrace.store.Claim;
import dev.millrace.store.Pipelines;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pipelines that shall run, claimed for one node. */
public record PipelineSource(
    Pipelines pipelines, PipelineWork.Tools tools, String node, Duration lease)
    implements WorkSource {
  /** Also reads what is wanted of those that are at work. */
  @Override
  public List<PipelineWork> claim(int max) throws SQLException {
    tools.wishes().read(pipelines.wishes(node));
    tools.wishes().readReplays(tools.replays().pipelines(node));
    return pipelines.claim(node, max, lease).stream()
        .map(pipeline -> new PipelineWork(pipeline, tools))
        .toList();
  }

  /** A pipeline whose deployment was deleted is stopped. */
  @Override
  public Set<Claim> renew(Collection<Claim> held) throws SQLException {
    Set<Claim> deployed = new HashSet<>();
    for (Claim claim : held) {
      if (!tools.stopIfUndeployed(claim)) {
        deployed.add(claim);
      }
    }
    return pipelines.renew(node, deployed, lease);
  }

  @Override
  public void release() throws SQLException {
    pipelines.release(node);
  }
}
