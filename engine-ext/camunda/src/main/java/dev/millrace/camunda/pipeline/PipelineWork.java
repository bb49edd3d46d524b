// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.RetryPolicy;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.OutboxDesk;
import dev.millrace.camunda.work.Interruption;
import dev.millrace.camunda.work.Work;
import dev.millrace.engine.PipelineHost;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StateStore;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import dev.millrace.plan.Sources;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.AfterFailure;
import dev.millrace.store.Claim;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.Pipelines;
import dev.millrace.store.RunFailure;
import dev.millrace.store.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A claimed pipeline at work, until it is stopped. Single-threaded. */
public final class PipelineWork implements Work {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineWork.class);

  /**
   * What all pipelines of a node share.
   *
   * @param services offered to all scripts
   * @param progress what pipelines have done since they were started here, by name; concurrent
   * @param writer of snapshots
   * @param wakeAfter told when a pipeline is due again
   */
  public record Tools(
      StreamEngine engine,
      Plans plans,
      EngineCommands commands,
      Store store,
      Wishes wishes,
      OutboxDesk outbox,
      RetryPolicy retries,
      Services services,
      Map<String, PipelineProgress> progress,
      ExecutorService writer,
      Consumer<Duration> wakeAfter) {

    /** Stops a pipeline whose deployment is gone. */
    boolean stopIfUndeployed(Claim claim) throws SQLException {
      Optional<String> deployment =
          store.pipelines().find(claim.id()).flatMap(Pipeline::deploymentId);
      if (deployment.isPresent() && !plans.isDeployed(deployment.get())) {
        stop(claim);
        return true;
      }
      return false;
    }

    void stop(Claim claim) {
      try {
        commands.execute(
            Write.PIPELINE_END,
            (command, db) ->
                store.pipelines().lock(db, claim)
                    && store.wishes().setState(db, claim.id(), PipelineState.STOPPED));
      } catch (Exception e) {
        throw Failures.of(e);
      }
    }
  }

  private final Pipeline pipeline;
  private final Tools tools;

  PipelineWork(Pipeline pipeline, Tools tools) {
    this.pipeline = pipeline;
    this.tools = tools;
  }

  @Override
  public List<Claim> claims() {
    return List.of(pipeline.claim());
  }

  @Override
  public String name() {
    return "pipeline " + pipeline.name();
  }

  @Override
  public void perform(Interruption interruption) throws InterruptedException {
    try {
      FaultPoint.PIPELINE_STARTED.reached();
      if (interruption.guard(() -> tools.stopIfUndeployed(pipeline.claim()))) {
        return;
      }
      tools.retries().checkTakeovers(pipeline.takeovers());
      run(interruption);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      if (interruption.isRequested() || interruption.isLeaving()) {
        // around an engine that closes anything may fail: nothing of it is committed
        LOG.debug("{} stops with its node", name(), e);
        throw new InterruptedException();
      }
      failed(Failures.of(e));
    } finally {
      tools.progress().remove(pipeline.name());
    }
  }

  /** A pipeline of bounded sources ends by itself; it then stops for good. */
  private void run(Interruption interruption) throws Exception {
    ScriptSource script = new ScriptSource.InDeployment(pipeline.script());
    Plan plan =
        interruption.guard(() -> tools.plans().plan(pipeline.deploymentId().orElseThrow(), script));
    Map<String, String> positions =
        interruption.guard(() -> tools.store().positions().of(pipeline.name()));
    if (!positions.isEmpty() && plan.isStateful() && pipeline.remembers().isEmpty()) {
      throw PipelineErrors.stateLost(pipeline.name(), pipeline.script());
    }
    LOG.info("{} runs from {}", name(), pipeline.script());
    PipelineMemory memory =
        new PipelineMemory(pipeline, positions, tools.store().snapshots(), tools.writer());
    PipelineSteering steering = new PipelineSteering(pipeline, tools, interruption);
    PipelineReplays replays = new PipelineReplays(pipeline, tools, interruption);
    if (!plan.isStateful()) {
      replays.reopen();
    }
    PipelineCommit commit =
        new PipelineCommit(
            pipeline, tools, interruption, memory, replays, positions, Plans.maxDeadLetters(plan));
    RunRequest request =
        RunRequest.standalone()
            .withLanes(Plans.lanes(plan))
            .withServices(commit.services(tools.services()))
            .withDeadLetters(commit::deadLetter)
            .withPositions(positions)
            .withHost(
                new PipelineHost(
                    memory,
                    steering,
                    replays,
                    progress -> tools.progress().put(pipeline.name(), progress)))
            .withCommitter(commit)
            .withStop(interruption::isRequested);
    tools.engine().run(plan, request);
    FaultPoint.PIPELINE_ENDING.reached();
    interruption.guard(
        () -> {
          end(steering.isDrained());
          return null;
        });
  }

  /** It stops, unless something was deployed that shall follow. */
  private void end(boolean drained) throws Exception {
    Optional<Boolean> goesOn =
        tools
            .commands()
            .execute(
                Write.PIPELINE_END,
                (command, db) -> {
                  if (!tools.store().pipelines().lock(db, pipeline.claim())) {
                    return Optional.<Boolean>empty();
                  }
                  Pipeline now = Pipelines.find(db, pipeline.name()).orElseThrow();
                  if (drained || now.nextScript().isPresent()) {
                    return Optional.of(drained(db, now));
                  }
                  tools.store().wishes().setState(db, pipeline.name(), PipelineState.STOPPED);
                  return Optional.of(false);
                });
    if (goesOn.orElse(false)) {
      tools.wakeAfter().accept(Duration.ZERO);
    }
  }

  private boolean drained(Connection db, Pipeline now) throws SQLException {
    boolean goesOn = tools.store().deployments().drained(db, pipeline.claim());
    if (goesOn) {
      tools.store().channels().follow(db, pipeline.name());
    }
    if (now.nextSources().isPresent()) {
      new Continuation(tools.plans()).begin(db, now, Sources.parse(now.nextSources().get()));
    }
    return goesOn;
  }

  private void failed(MillraceException failure) {
    LOG.warn("{} failed: {}", name(), failure.report());
    FaultPoint.PIPELINE_FAILING.reached();
    int failedAttempts = pipeline.attempts() + 1;
    boolean again =
        switch (failure.category()) {
          case CONNECTOR -> true;
          case RESOURCE -> !StateStore.isLimit(failure);
          case INTERNAL ->
              tools.retries().allows(failedAttempts)
                  && tools.retries().allowsTakeovers(pipeline.takeovers());
          case DATA, SQL -> false;
        };
    try {
      if (again) {
        Duration delay = tools.retries().delay(failedAttempts);
        tools
            .store()
            .pipelines()
            .fail(pipeline.claim(), RunFailure.of(failure), new AfterFailure.Retry(delay));
        tools.wakeAfter().accept(delay);
      } else {
        tools
            .store()
            .pipelines()
            .fail(pipeline.claim(), RunFailure.of(failure), new AfterFailure.Incident());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the failure of " + name() + " was not recorded", e);
    }
  }
}
