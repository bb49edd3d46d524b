// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.AfterFailure;
import dev.millrace.store.Run;
import dev.millrace.store.RunFailure;
import dev.millrace.store.Runs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnExceptionHandler;
import org.camunda.bpm.engine.impl.bpmn.helper.ErrorDeclarationForProcessInstanceFinder;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.tree.ActivityExecutionHierarchyWalker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a run that failed. Thread-safe. */
public final class RunFailures {
  /** The job type of incidents of runs. */
  static final String JOB = "millrace-run";

  private static final Logger LOG = LoggerFactory.getLogger(RunFailures.class);

  private final EngineCommands commands;
  private final Runs runs;
  private final RetryPolicy retries;
  private final Consumer<Duration> wakeAfter;

  /**
   * @param wakeAfter told when a run is due again
   */
  public RunFailures(
      EngineCommands commands, Runs runs, RetryPolicy retries, Consumer<Duration> wakeAfter) {
    this.commands = commands;
    this.runs = runs;
    this.retries = retries;
    this.wakeAfter = wakeAfter;
  }

  RetryPolicy retries() {
    return retries;
  }

  /**
   * Lets the run of a suspended instance wait until it is active again; no attempt is counted.
   *
   * @return whether it waits now
   */
  boolean waitsWhileSuspended(CommandContext command, Connection db, Run run) throws SQLException {
    if (RunCommit.waiting(command, run).filter(ExecutionEntity::isSuspended).isEmpty()) {
      return false;
    }
    runs.postpone(
        db, run.claim(), retries.delayAfter(Duration.between(run.createdAt(), Instant.now())));
    return true;
  }

  void failed(Run run, MillraceException failure) throws InterruptedException {
    log(run, failure);
    FaultPoint.RUN_FAILING.reached();
    try {
      if (isPassing(failure.category()) && retries.allows(run.attempts() + 1)) {
        retry(run, failure);
      } else if (failure.category() != ErrorCategory.DATA || !caught(run, failure)) {
        incident(run, failure);
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the failure of run " + run.id() + " was not recorded", e);
    }
  }

  /** Only a fault of ours is worth a stack trace. */
  private static void log(Run run, MillraceException failure) {
    String activity = run.origin().activityId();
    if (failure.category() == ErrorCategory.INTERNAL) {
      LOG.error("run {} of {} failed: {}", run.id(), activity, failure.report(), failure);
    } else {
      LOG.info("run {} of {} failed: {}", run.id(), activity, failure.report());
    }
  }

  private static boolean isPassing(ErrorCategory category) {
    return switch (category) {
      case CONNECTOR, RESOURCE -> true;
      case SQL, DATA, INTERNAL -> false;
    };
  }

  private void retry(Run run, MillraceException failure) throws Exception {
    Duration delay = retries.delay(run.attempts() + 1);
    runs.fail(run.claim(), RunFailure.of(failure), new AfterFailure.Retry(delay));
    wakeAfter.accept(delay);
  }

  /** Lets the process catch the error, if it can. */
  private boolean caught(Run run, MillraceException failure) throws Exception {
    try {
      return commands.execute(
          Write.RUN_FAILURE, (command, db) -> catchError(run, failure, command, db));
    } catch (RuntimeException e) {
      LOG.warn("the process could not go on after the error of run {}", run.id(), e);
      return false;
    }
  }

  private boolean catchError(
      Run run, MillraceException failure, CommandContext command, Connection db) throws Exception {
    if (!runs.lock(db, run.claim()) || waitsWhileSuspended(command, db, run)) {
      return true;
    }
    Optional<ExecutionEntity> waiting = RunCommit.waiting(command, run);
    if (waiting.isEmpty()) {
      return false;
    }
    ExecutionEntity execution = waiting.get();
    Optional<String> code =
        List.of(failure.code().id(), failure.category().name()).stream()
            .filter(each -> catches(execution, each))
            .findFirst();
    if (code.isEmpty()) {
      return false;
    }
    runs.fail(db, run.claim(), RunFailure.of(failure), new AfterFailure.Final());
    BpmnExceptionHandler.propagateBpmnError(
        new BpmnError(code.get(), failure.getMessage()), execution);
    return true;
  }

  private static boolean catches(ExecutionEntity execution, String code) {
    ErrorDeclarationForProcessInstanceFinder finder =
        new ErrorDeclarationForProcessInstanceFinder(null, code, execution.getActivity());
    ActivityExecutionHierarchyWalker walker = new ActivityExecutionHierarchyWalker(execution);
    walker.addScopePreVisitor(finder);
    walker.walkUntil(tuple -> tuple == null || finder.getErrorEventDefinition() != null);
    return finder.getErrorEventDefinition() != null;
  }

  private void incident(Run run, MillraceException failure) throws Exception {
    commands.execute(
        Write.RUN_FAILURE,
        (command, db) -> {
          Optional<ExecutionEntity> waiting = RunCommit.waiting(command, run);
          if (waiting.isEmpty()) {
            abandoned(db, run);
          } else if (runs.fail(
              db, run.claim(), RunFailure.of(failure), new AfterFailure.Incident())) {
            IncidentJobs.create(waiting.get(), JOB, run.id(), failure);
          }
          return null;
        });
  }

  /** Ends a run whose activity instance was removed behind the engine's back. */
  void abandoned(Connection db, Run run) throws SQLException {
    MillraceException gone =
        TaskRunErrors.activityGone(run.origin().activityId(), run.origin().activityInstanceId());
    LOG.warn("run {}: {}", run.id(), gone.report());
    runs.fail(db, run.claim(), RunFailure.of(gone), new AfterFailure.Final());
  }

  /** Queues a run again when an operator retries its job. */
  public IncidentJobs.Handler retryHandler() {
    return new IncidentJobs.Handler(JOB) {
      @Override
      public void execute(
          IncidentJobs.WorkId id,
          ExecutionEntity execution,
          CommandContext command,
          String tenantId) {
        EngineTransaction transaction = EngineTransaction.current();
        try {
          runs.requeue(transaction.connection(), id.value());
        } catch (SQLException e) {
          throw new IllegalStateException("run " + id.value() + " could not be queued", e);
        }
        transaction.afterCommit(() -> wakeAfter.accept(Duration.ZERO));
      }
    };
  }
}
