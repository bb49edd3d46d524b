// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.deadletter;

import dev.millrace.camunda.pipeline.PipelineErrors;
import dev.millrace.camunda.run.TouchedJournal;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.camunda.transaction.OutboxDesk;
import dev.millrace.connector.process.TouchedInstances;
import dev.millrace.engine.Commit;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.spi.outbox.Outbox;
import dev.millrace.store.Journal;
import dev.millrace.store.PendingOutbox;
import dev.millrace.store.Pipeline;
import dev.millrace.store.Run;
import dev.millrace.store.RunQuery;
import dev.millrace.store.RunState;
import dev.millrace.store.StoredDeadLetter;
import java.sql.Connection;
import java.sql.SQLException;

/** What a dead letter belongs to: its script, and where what comes of it is kept. */
sealed interface LetterOwner {
  /** Of the script the letter is of. */
  Plan plan() throws Exception;

  /** Offered to the script. */
  Services services() throws Exception;

  /**
   * Writes what comes of the letter; may be called again, in another transaction.
   *
   * @param plan as of {@link #plan}
   */
  void apply(Commit commit, Plan plan, Connection db) throws Exception;

  /**
   * Where something a foreign system refused is handed in again, in a transaction. What a run sent
   * is its own: after a rollback only what takes something back may still be sent.
   */
  static PendingOutbox outbox(StoredDeadLetter stored, Connection db, OutboxDesk desk)
      throws SQLException {
    if (stored.pipeline().isPresent()) {
      return desk.ofPipeline(db, stored.pipeline().get());
    }
    String run = stored.runId().orElseThrow();
    if (!stored.letter().table().isEmpty()) {
      OfRun.checkCompleted(
          stored.id(),
          RunQuery.findLocked(db, run)
              .orElseThrow(() -> DeadLetterErrors.deadLetterOfRun(stored.id(), run, "forgotten")));
    }
    return desk.ofRun(db, run);
  }

  /** A pipeline, whatever its state: nothing it writes is journaled. */
  record OfPipeline(Pipeline pipeline, DeadLetterService.Tools tools) implements LetterOwner {
    private static final EffectJournal NO_JOURNAL = effect -> {};

    @Override
    public Plan plan() throws Exception {
      String deployment =
          pipeline.deploymentId().orElseThrow(() -> PipelineErrors.noSuchPipeline(pipeline.name()));
      return tools.plans().plan(deployment, new ScriptSource.InDeployment(pipeline.script()));
    }

    @Override
    public Services services() {
      return tools
          .services()
          .get()
          .with(Origin.class, Origin.ofPipeline(pipeline.name(), pipeline.tenantId()));
    }

    @Override
    public void apply(Commit commit, Plan plan, Connection db) throws Exception {
      PendingOutbox outbox = tools.outbox().ofPipeline(db, pipeline.name());
      commit.apply(new Transaction(db, NO_JOURNAL, outbox));
      tools.outbox().handIn(outbox);
    }
  }

  /**
   * A run: what comes of its letter is in its journal, as if it had been written with the rest, so
   * that a rollback takes it back too. The activity has gone on: a script that writes variables is
   * refused by its connector.
   *
   * @param touched what the commit starts and advances
   */
  record OfRun(long letter, Run run, TouchedJournal touched, DeadLetterService.Tools tools)
      implements LetterOwner {
    public OfRun {
      checkCompleted(letter, run);
    }

    private static void checkCompleted(long letter, Run run) {
      if (run.state() != RunState.COMPLETED) {
        throw DeadLetterErrors.deadLetterOfRun(letter, run.id(), run.state().name());
      }
    }

    @Override
    public Plan plan() throws Exception {
      return tools.runPlans().of(run);
    }

    @Override
    public Services services() throws Exception {
      return tools
          .services()
          .get()
          .with(TouchedInstances.class, touched)
          .with(Origin.class, tools.runPlans().origin(run));
    }

    @Override
    public void apply(Commit commit, Plan plan, Connection db) throws Exception {
      Run now =
          RunQuery.findLocked(db, run.id())
              .orElseThrow(() -> DeadLetterErrors.deadLetterOfRun(letter, run.id(), "forgotten"));
      checkCompleted(letter, now);
      PendingOutbox outbox = tools.outbox().ofRun(db, run.id());
      try (Journal journal = Journal.open(db, run.id(), Plans.maxJournalEffects(plan))) {
        touched.begin();
        commit.apply(new Transaction(db, journal, outbox));
        touched.write(journal);
      }
      tools.outbox().handIn(outbox);
    }
  }

  /** Of a replay. */
  record Transaction(Connection connection, EffectJournal journal, Outbox outbox)
      implements SinkTransaction {}
}
