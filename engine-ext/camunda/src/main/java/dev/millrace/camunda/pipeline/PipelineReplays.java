// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.work.Interruption;
import dev.millrace.engine.DeadLetter;
import dev.millrace.engine.Replay;
import dev.millrace.engine.ReplayOutcome;
import dev.millrace.engine.ReplayRequest;
import dev.millrace.engine.ReplayRequests;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.LetterReplays;
import dev.millrace.store.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dead letters that one pipeline at work shall process again. Called on the thread that runs. */
final class PipelineReplays implements ReplayRequests {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineReplays.class);

  /** A commit holds so many at most: each may be of 1 MiB. */
  private static final int AT_ONCE = 16;

  /** So often a letter may be given without a commit: then it is what the pipeline fails with. */
  private static final int MOST_TRIES = 3;

  private final Pipeline pipeline;
  private final PipelineWork.Tools tools;
  private final Interruption interruption;
  private final LetterReplays replays;

  /** There may be some: from before it ran here, or more than a commit holds. */
  private boolean mayBeMore = true;

  /**
   * @param pipeline as it was claimed
   */
  PipelineReplays(Pipeline pipeline, PipelineWork.Tools tools, Interruption interruption) {
    this.pipeline = pipeline;
    this.tools = tools;
    this.interruption = interruption;
    replays = tools.store().letterReplays();
  }

  @Override
  public List<ReplayRequest> next(Supplier<Set<String>> closed) throws Exception {
    if (!tools.wishes().takeReplays(pipeline.name()) && !mayBeMore) {
      return List.of();
    }
    mayBeMore = false;
    Set<String> except = closed.get();
    List<LetterReplays.Requested> wanted = requested(except);
    while (!wanted.isEmpty() && wanted.get(0).given() >= MOST_TRIES) {
      LetterReplays.Requested first = wanted.get(0);
      if (!inTransaction(db -> replays.record(db, givenUp(first)))) {
        return List.of();
      }
      wanted = requested(except);
    }
    List<LetterReplays.Requested> given = together(wanted);
    boolean counted = given.isEmpty() || inTransaction(db -> give(db, given));
    return counted ? given.stream().map(PipelineReplays::request).toList() : List.of();
  }

  private List<LetterReplays.Requested> requested(Set<String> except) throws Exception {
    return interruption.guard(() -> replays.requested(pipeline.name(), except, AT_ONCE));
  }

  /**
   * What was given before, and not committed, may be what the pipeline failed with: it is alone.
   */
  private static List<LetterReplays.Requested> together(List<LetterReplays.Requested> wanted) {
    if (!wanted.isEmpty() && wanted.get(0).given() > 0) {
      return wanted.subList(0, 1);
    }
    return wanted.stream().takeWhile(each -> each.given() == 0).toList();
  }

  /** A foreign system that does not answer is not the letter's fault. */
  private boolean give(Connection db, List<LetterReplays.Requested> given) throws SQLException {
    boolean blameless =
        pipeline
            .failure()
            .filter(failure -> failure.category() == ErrorCategory.CONNECTOR)
            .isPresent();
    for (LetterReplays.Requested each : given) {
      if (each.given() == 0 || !blameless) {
        replays.give(db, each.letter().id());
      }
    }
    return true;
  }

  private ReplayOutcome givenUp(LetterReplays.Requested wanted) {
    String why =
        pipeline
            .failure()
            .map(failure -> failure.code() + ": " + failure.text())
            .orElse("its node was gone");
    String error =
        "pipeline '%s' has failed %d times as it processed this letter, the last time with %s"
            .formatted(pipeline.name(), wanted.given(), why);
    LOG.warn("dead letter {} is open again: {}", wanted.letter().id(), error);
    return new ReplayOutcome(wanted.letter().id(), 0, Optional.of(error));
  }

  /** A script that remembers nothing is given no letters: they are an operator's again. */
  void reopen() throws Exception {
    inTransaction(
        db -> {
          int reopened = replays.reopen(db, pipeline.name());
          if (reopened > 0) {
            LOG.info(
                "{} dead letters of pipeline {} are open again: it remembers nothing any more",
                reopened,
                pipeline.name());
          }
          return reopened > 0;
        });
  }

  /** Something that is done or not. */
  @FunctionalInterface
  private interface Step {
    boolean apply(Connection db) throws Exception;
  }

  /** Before anything is processed, so that it is known though nothing of that is committed. */
  private boolean inTransaction(Step step) throws Exception {
    return interruption.guard(
        () ->
            tools
                .commands()
                .execute(
                    Write.LETTER_GIVING,
                    (command, db) ->
                        tools.store().pipelines().lock(db, pipeline.claim()) && step.apply(db)));
  }

  private static ReplayRequest request(LetterReplays.Requested requested) {
    DeadLetter letter = requested.letter().letter();
    LetterReplays.Wanted wanted = requested.wanted();
    Replay replay =
        wanted.isLetterItself()
            ? Replay.of(letter, wanted.table())
            : new Replay(
                DeadLetter.Side.SOURCE,
                wanted.table(),
                wanted.bytes().stream().toList(),
                wanted.rows());
    return new ReplayRequest(requested.letter().id(), letter, replay);
  }

  /** Writes down what has become of them, in the transaction of the commit. */
  void record(Connection db, List<ReplayOutcome> outcomes) throws SQLException {
    for (ReplayOutcome outcome : outcomes) {
      if (!replays.record(db, outcome)) {
        throw new IllegalStateException(
            "dead letter %d was taken away from pipeline '%s'"
                .formatted(outcome.id(), pipeline.name()));
      }
      FaultPoint.LETTER_MARKED.reached();
    }
    mayBeMore |= !outcomes.isEmpty();
  }
}
