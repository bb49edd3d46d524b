// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.work.Interruption;
import dev.millrace.connector.process.TouchedInstances;
import dev.millrace.engine.Commit;
import dev.millrace.engine.Committer;
import dev.millrace.engine.DeadLetter;
import dev.millrace.engine.RunMetrics;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.spi.outbox.Outbox;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.PendingOutbox;
import dev.millrace.store.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Commits effects, positions and dead letters of a pipeline. Called on the thread that runs. */
final class PipelineCommit implements Committer {
  /** Nobody rolls a pipeline back; its journal would only grow. */
  private static final EffectJournal NO_JOURNAL = effect -> {};

  private static final RunMetrics NOTHING = new RunMetrics(0, 0, 0, 0, Long.MIN_VALUE, 0);

  private final Pipeline pipeline;
  private final PipelineWork.Tools tools;
  private final Interruption interruption;
  private final long maxDeadLetters;
  private final PipelineMemory memory;
  private final PipelineReplays replays;
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private RunMetrics committed = NOTHING;
  private RunMetrics committing = NOTHING;
  private int committedLetters;
  private long number;
  private final CommitLineage lineage;
  private Map<String, String> positions;

  /**
   * @param positions where sources stand
   * @param maxDeadLetters open ones, before it stops
   */
  PipelineCommit(
      Pipeline pipeline,
      PipelineWork.Tools tools,
      Interruption interruption,
      PipelineMemory memory,
      PipelineReplays replays,
      Map<String, String> positions,
      long maxDeadLetters) {
    this.memory = memory;
    this.replays = replays;
    this.maxDeadLetters = maxDeadLetters;
    this.pipeline = pipeline;
    this.tools = tools;
    this.interruption = interruption;
    this.positions = positions;
    lineage = new CommitLineage(pipeline.name(), tools.store().lineage());
  }

  /** The services of all scripts, with those of this pipeline. */
  Services services(Services all) {
    return all.with(Origin.class, Origin.ofPipeline(pipeline.name(), pipeline.tenantId()))
        .with(TouchedInstances.class, lineage);
  }

  /** Keeps it for the next commit; lanes and sources may call it from their threads. */
  void deadLetter(DeadLetter letter) {
    if (interruption.isLeaving()) {
      // a row may fail for the engine that closes: it is read again where the pipeline goes on
      throw new CancellationException("the node stops");
    }
    synchronized (deadLetters) {
      deadLetters.add(letter);
    }
  }

  /**
   * @throws InterruptedException if the pipeline is no longer this node's
   */
  @Override
  public void commit(Commit commit) throws Exception {
    FaultPoint.PIPELINE_COMMITTING.reached();
    boolean held =
        interruption.guard(
            () -> tools.commands().execute(Write.PIPELINE, (command, db) -> commit(commit, db)));
    if (!held) {
      throw new InterruptedException();
    }
    committed = committing;
    positions = commit.positions();
    memory.committed(number, commit.positions());
    synchronized (deadLetters) {
      deadLetters.subList(0, committedLetters).clear();
    }
  }

  private boolean commit(Commit commit, Connection db) throws Exception {
    if (!tools.store().pipelines().lock(db, pipeline.claim())) {
      return false;
    }
    FaultPoint.PIPELINE_LOCKED.reached();
    lineage.begin();
    PendingOutbox outbox = tools.outbox().ofPipeline(db, pipeline.name());
    commit.apply(new Transaction(db, NO_JOURNAL, outbox));
    lineage.write(db, positions, commit.positions());
    FaultPoint.PIPELINE_EFFECTS_WRITTEN.reached();
    committing = commit.metrics();
    List<DeadLetter> letters;
    synchronized (deadLetters) {
      letters = List.copyOf(deadLetters);
    }
    committedLetters = letters.size();
    tools.store().deadLetters().appendToPipeline(db, pipeline.name(), letters);
    if (!letters.isEmpty() && DeadLetters.countOpen(db, pipeline.name()) > maxDeadLetters) {
      throw PipelineErrors.tooManyDeadLetters(pipeline.name(), maxDeadLetters);
    }
    replays.record(db, commit.replayed());
    number =
        tools
            .store()
            .pipelines()
            .advance(db, pipeline.claim(), commit.positions(), since(committed, committing));
    remember(commit, db);
    tools.outbox().handIn(outbox);
    return true;
  }

  private void remember(Commit commit, Connection db) throws SQLException {
    if (commit.trace().isPresent()) {
      tools.store().snapshots().addTrace(db, pipeline.name(), number, commit.trace().get());
    }
    if (commit.snapshot().isPresent()) {
      tools
          .store()
          .snapshots()
          .add(db, pipeline.name(), number, commit.snapshot().get(), commit.positions());
      tools.store().snapshots().prune(db, pipeline.name(), List.of());
    }
  }

  private static RunMetrics since(RunMetrics before, RunMetrics now) {
    return new RunMetrics(
        now.rowsIn() - before.rowsIn(),
        now.rowsOut() - before.rowsOut(),
        now.late() - before.late(),
        now.dead() - before.dead(),
        now.watermarkMicros(),
        now.elapsedNanos() - before.elapsedNanos());
  }

  private record Transaction(Connection connection, EffectJournal journal, Outbox outbox)
      implements SinkTransaction {}
}
