// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.plan.Sources;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import dev.millrace.store.Pipeline;
import dev.millrace.store.Positions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a pipeline's sources go on under another script. In the caller's transaction.
 *
 * @param plans of what is deployed
 */
record Continuation(Plans plans) {
  private static final Logger LOG = LoggerFactory.getLogger(Continuation.class);

  /**
   * What a pipeline's positions belong to. An earlier release kept the names of tables only: then
   * its script says it, as long as that is deployed and valid.
   */
  Sources sources(Connection db, Pipeline pipeline) throws SQLException {
    Optional<Sources> known = pipeline.sources().map(Sources::parse).or(() -> ofScript(pipeline));
    if (known.isPresent()) {
      return known.get();
    }
    LOG.warn(
        "pipeline {} goes on by the names of its tables: what {} has read is not known",
        pipeline.name(),
        pipeline.script());
    return Sources.unknown(Positions.of(db, pipeline.name()).keySet());
  }

  private Optional<Sources> ofScript(Pipeline pipeline) {
    try {
      return pipeline
          .deploymentId()
          .filter(plans::isDeployed)
          .map(id -> plans.plan(id, new ScriptSource.InDeployment(pipeline.script())))
          .map(Sources::of);
    } catch (MillraceException | ScriptException e) {
      LOG.warn("{} of pipeline {} is no longer valid", pipeline.script(), pipeline.name(), e);
      return Optional.empty();
    }
  }

  /**
   * Positions of what the new script reads stay, also under another name; all others go.
   *
   * @param before the pipeline with its old script
   */
  void begin(Connection db, Pipeline before, Sources next) throws SQLException {
    Positions.keep(db, before.name(), sources(db, before).kept(next));
  }
}
