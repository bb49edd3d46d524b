// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.plan.Sources;
import dev.millrace.store.Pipeline;
import dev.millrace.store.Positions;
import java.sql.Connection;
import java.sql.SQLException;

/** Where a pipeline's sources go on under another script. In the caller's transaction. */
final class Continuation {
  private Continuation() {}

  /** What a pipeline's positions belong to; an earlier release kept the names of tables only. */
  static Sources sources(Connection db, Pipeline pipeline) throws SQLException {
    return pipeline.sources().isPresent()
        ? Sources.parse(pipeline.sources().get())
        : Sources.unknown(Positions.of(db, pipeline.name()).keySet());
  }

  /**
   * Positions of what the new script reads stay, also under another name; all others go.
   *
   * @param before the pipeline with its old script
   */
  static void begin(Connection db, Pipeline before, Sources next) throws SQLException {
    Positions.keep(db, before.name(), sources(db, before).kept(next));
  }
}
