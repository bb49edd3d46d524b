// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.camunda.task.StreamTaskBehavior;
import dev.millrace.camunda.work.Interruption;
import dev.millrace.connector.process.TouchedInstances;
import dev.millrace.engine.Commit;
import dev.millrace.engine.Committer;
import dev.millrace.engine.DeadLetter;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.spi.outbox.Outbox;
import dev.millrace.store.Journal;
import dev.millrace.store.PendingOutbox;
import dev.millrace.store.Run;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Ends a run: its effects, its journal and the completion of its activity become visible at once.
 * Called on the thread that runs.
 */
final class RunCommit implements Committer {
  private final Run run;
  private final RunWork.Tools tools;
  private final Interruption interruption;
  private final long maxEffects;
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final TouchedJournal touched = new TouchedJournal();

  /**
   * @param maxEffects that its journal may hold
   */
  RunCommit(Run run, RunWork.Tools tools, Interruption interruption, long maxEffects) {
    this.run = run;
    this.tools = tools;
    this.interruption = interruption;
    this.maxEffects = maxEffects;
  }

  /** Told of process instances the run starts and advances. */
  TouchedInstances touched() {
    return touched;
  }

  /** Keeps it for the commit; lanes and sources may call it from their threads. */
  void deadLetter(DeadLetter letter) {
    synchronized (deadLetters) {
      deadLetters.add(letter);
    }
  }

  /**
   * @throws InterruptedException if the run is no longer this node's
   */
  @Override
  public void commit(Commit commit) throws Exception {
    FaultPoint.RUN_COMMITTING.reached();
    boolean held =
        interruption.guard(
            () ->
                tools.commands().execute(Write.RUN, (command, db) -> commit(commit, command, db)));
    if (!held) {
      throw new InterruptedException();
    }
  }

  private boolean commit(Commit commit, CommandContext command, Connection db) throws Exception {
    if (!tools.runs().lock(db, run.claim())) {
      return false;
    }
    FaultPoint.RUN_LOCKED.reached();
    if (tools.failures().waitsWhileSuspended(command, db, run)) {
      return true;
    }
    Optional<ExecutionEntity> waiting = waiting(command, run);
    if (waiting.isEmpty()) {
      tools.failures().abandoned(db, run);
      return true;
    }
    PendingOutbox outbox = tools.outbox().ofRun(db, run.id());
    long journaled;
    try (Journal journal = Journal.open(db, run.id(), maxEffects)) {
      touched.begin();
      commit.apply(new Transaction(db, journal, outbox));
      touched.write(journal);
      journaled = journal.count();
      FaultPoint.RUN_EFFECTS_WRITTEN.reached();
    }
    tools.usage().checkJournal(db, run.origin().tenantId(), journaled);
    FaultPoint.RUN_JOURNALED.reached();
    synchronized (deadLetters) {
      tools.deadLetters().appendToRun(db, run.id(), deadLetters);
    }
    tools.runs().complete(db, run.claim(), commit.metrics());
    StreamTaskBehavior.runCompleted(waiting.get());
    tools.outbox().handIn(outbox);
    return true;
  }

  /** The execution that waits for a run: at its activity instance, or nowhere. */
  static Optional<ExecutionEntity> waiting(CommandContext command, Run run) {
    return Optional.ofNullable(
            command.getExecutionManager().findExecutionById(run.origin().executionId()))
        .filter(each -> run.origin().activityId().equals(each.getActivityId()))
        .filter(each -> run.origin().activityInstanceId().equals(each.getActivityInstanceId()));
  }

  private record Transaction(Connection connection, EffectJournal journal, Outbox outbox)
      implements SinkTransaction {}
}
