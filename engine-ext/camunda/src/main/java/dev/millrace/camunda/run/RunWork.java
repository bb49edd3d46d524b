// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.OutboxDesk;
import dev.millrace.camunda.work.Interruption;
import dev.millrace.camunda.work.Work;
import dev.millrace.connector.process.ProcessScope;
import dev.millrace.connector.process.TouchedInstances;
import dev.millrace.engine.RunMetrics;
import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.Claim;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.Run;
import dev.millrace.store.Runs;
import dev.millrace.store.TenantUsage;
import java.util.List;
import java.util.Map;

/**
 * One execution of a claimed run. Single-threaded.
 *
 * <p>Nothing is visible before its commit, so one that is interrupted or whose node dies leaves
 * nothing behind and is run again.
 */
public final class RunWork implements Work {
  /**
   * What all runs of a node share.
   *
   * @param services offered to all scripts
   * @param storesJson whether the engine stores objects as JSON
   * @param progress what runs have done so far, by id; concurrent
   */
  public record Tools(
      StreamEngine engine,
      RunPlans plans,
      EngineCommands commands,
      Runs runs,
      DeadLetters deadLetters,
      TenantUsage usage,
      RunFailures failures,
      OutboxDesk outbox,
      Services services,
      boolean storesJson,
      Map<String, RunMetrics> progress) {}

  private final Run run;
  private final Tools tools;

  RunWork(Run run, Tools tools) {
    this.run = run;
    this.tools = tools;
  }

  @Override
  public List<Claim> claims() {
    return List.of(run.claim());
  }

  @Override
  public String name() {
    return "run " + run.id() + " of " + run.origin().activityId();
  }

  @Override
  public void perform(Interruption interruption) throws InterruptedException {
    try {
      FaultPoint.RUN_STARTED.reached();
      if (interruption.guard(this::waitsWhileSuspended)) {
        return;
      }
      tools.failures().retries().checkTakeovers(run.takeovers());
      Plan plan = interruption.guard(() -> tools.plans().of(run));
      RunCommit commit = new RunCommit(run, tools, interruption, Plans.maxJournalEffects(plan));
      Origin origin = interruption.guard(() -> tools.plans().origin(run));
      tools.engine().run(plan, request(commit, plan, origin, interruption));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      if (interruption.isRequested()) {
        throw new InterruptedException();
      }
      tools.failures().failed(run, Failures.of(e));
    } finally {
      tools.progress().remove(run.id());
    }
  }

  private RunRequest request(
      RunCommit commit, Plan plan, Origin origin, Interruption interruption) {
    ProcessScope scope =
        new ProcessScope(
            run.origin().processInstanceId(), run.origin().executionId(), tools.storesJson());
    return RunRequest.standalone()
        .withLanes(Plans.lanes(plan))
        .withServices(
            tools
                .services()
                .with(ProcessScope.class, scope)
                .with(TouchedInstances.class, commit.touched())
                .with(Origin.class, origin))
        .withDeadLetters(commit::deadLetter)
        .withProgress(metrics -> tools.progress().put(run.id(), metrics))
        .withCommitter(commit)
        .withStop(interruption::isRequested);
  }

  /** Asked before the work too, which would be in vain. */
  private boolean waitsWhileSuspended() throws Exception {
    return tools
        .commands()
        .execute(
            Write.RUN_POSTPONEMENT,
            (command, db) -> tools.failures().waitsWhileSuspended(command, db, run));
  }
}
