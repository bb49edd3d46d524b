// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.work.Interruption;
import dev.millrace.engine.Steering;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.PipelineWish;
import java.sql.Connection;
import java.sql.SQLException;

/** What operators want of one pipeline at work. Called on the thread that runs. */
final class PipelineSteering implements Steering {
  private final Pipeline pipeline;
  private final PipelineWork.Tools tools;
  private final Interruption interruption;
  private boolean drained;

  PipelineSteering(Pipeline pipeline, PipelineWork.Tools tools, Interruption interruption) {
    this.pipeline = pipeline;
    this.tools = tools;
    this.interruption = interruption;
  }

  /** Whether the run ended because it was to be drained. */
  boolean isDrained() {
    return drained;
  }

  @Override
  public Wish wish() {
    PipelineWish wish = tools.wishes().of(pipeline.name());
    if (wish == null) {
      return interruption.isLeaving() ? Wish.LEAVE : Wish.GO_ON;
    }
    return switch (wish) {
      case CHECKPOINT -> Wish.CHECKPOINT;
      case PAUSE -> Wish.PAUSE;
      case DRAIN -> Wish.DRAIN;
    };
  }

  @Override
  public void fulfilled(Wish wish) throws Exception {
    if (wish == Wish.LEAVE) {
      return; // the node's wish, of which nothing is written down
    }
    tools.wishes().fulfilled(pipeline.name());
    tools
        .commands()
        .execute(
            Write.WISH,
            (command, db) -> {
              boolean held = tools.store().pipelines().lock(db, pipeline.claim());
              if (held) {
                record(db, wish);
              }
              return held;
            });
  }

  /** That it is drained is recorded with what follows, once the run has ended. */
  private void record(Connection db, Wish wish) throws SQLException {
    switch (wish) {
      case GO_ON, LEAVE -> {}
      case CHECKPOINT ->
          tools.store().wishes().fulfilled(db, pipeline.claim(), PipelineWish.CHECKPOINT);
      case PAUSE -> tools.store().wishes().setState(db, pipeline.name(), PipelineState.PAUSED);
      case DRAIN -> drained = true;
    }
  }
}
