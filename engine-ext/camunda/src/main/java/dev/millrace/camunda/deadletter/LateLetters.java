// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.deadletter;

import dev.millrace.camunda.pipeline.PipelineErrors;
import dev.millrace.camunda.run.RunPlans;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.engine.DeadLetter;
import dev.millrace.plan.Plan;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.AfterFailure;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.LetterAuthor;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.Pipelines;
import dev.millrace.store.RefusedRecord;
import dev.millrace.store.Run;
import dev.millrace.store.RunFailure;
import dev.millrace.store.RunQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters that come up when their rows have long been committed: records that a foreign system
 * refuses, messages that expire. What their scripts say of dead letters holds for them, too.
 * Thread-safe.
 */
public record LateLetters(
    DeadLetters letters, Pipelines pipelines, RunQuery runs, Plans plans, RunPlans runPlans) {
  private static final Logger LOG = LoggerFactory.getLogger(LateLetters.class);

  /**
   * Whose letter it is going to be. To be looked up before the transaction that keeps it.
   *
   * @param plan empty if the script is gone
   */
  public record Owner(LetterAuthor author, Optional<Plan> plan) {}

  /**
   * @throws Exception if the script is there and cannot be planned now, as a limit was lowered, or
   *     a connection is not known on this node: without it nobody knows what is masked, and what is
   *     withheld is lost
   */
  public Owner owner(LetterAuthor author) throws Exception {
    if (author.runId().isPresent()) {
      return ofRun(author, runs.find(author.runId().get()));
    }
    return ofPipeline(
        author,
        author.pipeline().isEmpty() ? Optional.empty() : pipelines.find(author.pipeline().get()));
  }

  private Owner ofRun(LetterAuthor author, Optional<Run> run) throws Exception {
    if (run.isEmpty()) {
      return withoutScript(author);
    }
    try {
      return new Owner(author, Optional.of(runPlans.of(run.get())));
    } catch (RuntimeException e) {
      if (runPlans.isDeployed(run.get())) {
        throw e;
      }
      return withoutScript(author);
    }
  }

  private Owner ofPipeline(LetterAuthor author, Optional<Pipeline> pipeline) {
    Optional<String> deployment = pipeline.flatMap(Pipeline::deploymentId);
    if (deployment.isEmpty()) {
      return withoutScript(author);
    }
    ScriptSource script = new ScriptSource.InDeployment(pipeline.orElseThrow().script());
    try {
      return new Owner(author, Optional.of(plans.plan(deployment.get(), script)));
    } catch (RuntimeException e) {
      if (plans.isDeployed(deployment.get())) {
        throw e;
      }
      return withoutScript(author);
    }
  }

  private static Owner withoutScript(LetterAuthor author) {
    LOG.warn("the script of {} is gone: its dead letter is kept without its row", author);
    return new Owner(author, Optional.empty());
  }

  /**
   * Keeps a letter, in the transaction of what led to it.
   *
   * @param refused what was to be sent to a foreign system, if that refused it
   */
  public void append(Connection db, Owner owner, DeadLetter letter, Optional<RefusedRecord> refused)
      throws SQLException {
    DeadLetter kept = owner.plan().map(letter::masked).orElseGet(letter::withheld);
    letters.appendLate(db, owner.author(), kept, refused);
  }

  /**
   * Stops a pipeline that has more open letters than its script allows. To be called behind the
   * transaction that kept one.
   */
  public void checkLimit(Owner owner) throws SQLException {
    if (owner.author().pipeline().isEmpty() || owner.plan().isEmpty()) {
      return;
    }
    String name = owner.author().pipeline().get();
    long max = Plans.maxDeadLetters(owner.plan().get());
    if (letters.countOpenOfPipeline(name) <= max) {
      return;
    }
    Optional<Pipeline> pipeline =
        pipelines.find(name).filter(each -> each.state() == PipelineState.RUNNING);
    if (pipeline.isPresent()) {
      MillraceException failure = PipelineErrors.tooManyDeadLetters(name, max);
      LOG.warn("pipeline {} stops: {}", name, failure.report());
      pipelines.fail(pipeline.get().claim(), RunFailure.of(failure), new AfterFailure.Incident());
    }
  }
}
