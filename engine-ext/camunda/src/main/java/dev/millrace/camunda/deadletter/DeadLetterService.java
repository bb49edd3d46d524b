// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.deadletter;

import dev.millrace.camunda.pipeline.PipelineErrors;
import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.RunPlans;
import dev.millrace.camunda.run.TouchedJournal;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.OutboxDesk;
import dev.millrace.engine.DeadLetter;
import dev.millrace.engine.Replay;
import dev.millrace.engine.RunMetrics;
import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.Write;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.LetterReplays;
import dev.millrace.store.PendingOutbox;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.Pipelines;
import dev.millrace.store.RefusedRecord;
import dev.millrace.store.RunQuery;
import dev.millrace.store.StoredDeadLetter;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Dead letters as operators treat them. Thread-safe; must not be called from inside an engine
 * command.
 *
 * <p>A letter is replayed through the script of its pipeline or run, beside it and whatever the
 * pipeline's state: one transaction holds what comes of it and the word that it is replayed, so
 * that it is processed once. If it fails again it stays open. What comes of a letter of a run is
 * the run's: a rollback takes it back with the rest.
 *
 * <p>A pipeline that remembers rows replays what is read of its tables itself, between two batches,
 * as a row alone would meet none of those it belongs to. Its letters are {@code REQUESTED} until
 * the commit that holds what came of them.
 *
 * <p>Nothing here asks who may do it: callers do.
 */
public final class DeadLetterService {
  /**
   * What replaying takes.
   *
   * @param services offered to all scripts
   * @param wake told when a pipeline shall look for letters
   */
  public record Tools(
      EngineCommands commands,
      StreamEngine engine,
      Plans plans,
      RunPlans runPlans,
      Pipelines pipelines,
      RunQuery runs,
      DeadLetters letters,
      LetterReplays replays,
      OutboxDesk outbox,
      Supplier<Services> services,
      Runnable wake) {}

  private final Tools tools;

  public DeadLetterService(Tools tools) {
    this.tools = tools;
  }

  /** A page of dead letters, oldest first. */
  public List<StoredDeadLetter> list(DeadLetters.Filter filter, int first, int max) {
    return unchecked(() -> tools.letters().list(filter, first, max));
  }

  public Optional<StoredDeadLetter> find(long id) {
    return unchecked(() -> tools.letters().find(id));
  }

  /**
   * Says that a letter is not needed. One that its pipeline shall replay must not be running.
   *
   * @param by a user's id; null if nobody says
   */
  public void discard(long id, String by) {
    StoredDeadLetter stored = existing(id);
    unchecked(
        () ->
            tools
                .commands()
                .execute(
                    Write.DEAD_LETTER,
                    (command, db) -> {
                      if (!withdrawn(db, stored, by)) {
                        end(db, id, StoredDeadLetter.State.DISCARDED, by);
                      }
                      return null;
                    }));
  }

  private boolean withdrawn(Connection db, StoredDeadLetter stored, String by) throws Exception {
    if (stored.state() != StoredDeadLetter.State.REQUESTED) {
      return false;
    }
    String name = stored.pipeline().orElseThrow();
    Optional<Pipeline> pipeline = Pipelines.findLocked(db, name);
    if (pipeline.isPresent() && pipeline.get().state() == PipelineState.RUNNING) {
      throw DeadLetterErrors.deadLetterUnderWay(stored.id(), name);
    }
    return tools.replays().withdraw(db, stored.id(), by);
  }

  /**
   * Processes a letter again: on this thread, or in the running pipeline, if that remembers rows.
   *
   * @param by a user's id; null if nobody says
   * @return what was read and written, or that it is requested
   * @throws MillraceException if it has been replayed, requested or discarded before, cannot be
   *     replayed, or fails again: nothing was then done
   */
  public ReplayAnswer replay(long id, Correction correction, String by) {
    StoredDeadLetter stored = existing(id);
    return unchecked(
        () -> {
          checkOpen(stored);
          if (isSentAgain(stored, correction)) {
            return sendAgain(stored, correction, by);
          }
          LetterOwner owner = owner(stored);
          Plan plan = owner.plan();
          Replay replay = replayOf(stored, correction, plan);
          if (replay.side() == DeadLetter.Side.SOURCE
              && plan.isStateful()
              && owner instanceof LetterOwner.OfPipeline of) {
            tools.engine().rehearse(plan, stored.letter(), replay, owner.services());
            Optional<ReplayAnswer> requested =
                request(stored, of, correction.isNone() ? ofLetter(replay) : wanted(replay), by);
            return requested.isPresent() ? requested.get() : replay(id, correction, by);
          }
          RunRequest request =
              RunRequest.standalone()
                  .withServices(owner.services())
                  .withReplay(replay)
                  .withCommitter(commit -> write(stored, by, db -> owner.apply(commit, plan, db)));
          return ReplayAnswer.done(tools.engine().run(plan, request));
        });
  }

  /** What a foreign system refused goes there again, unless rows are to be written in its place. */
  private static boolean isSentAgain(StoredDeadLetter stored, Correction correction) {
    return stored.refused().isPresent()
        && correction.rows().isEmpty()
        && correction.table().filter(name -> !name.equals(stored.letter().table())).isEmpty();
  }

  /** With its key and headers, and another payload if one is given; behind all that waits there. */
  private ReplayAnswer sendAgain(StoredDeadLetter stored, Correction correction, String by)
      throws Exception {
    RefusedRecord refused = stored.refused().orElseThrow();
    OutboxRecord record =
        correction.bytes().map(refused.record()::withPayload).orElse(refused.record());
    write(
        stored,
        by,
        db -> {
          PendingOutbox outbox = LetterOwner.outbox(stored, db, tools.outbox());
          outbox.append(refused.target(), record);
          tools.outbox().handIn(outbox);
        });
    return ReplayAnswer.done(new RunMetrics(0, 1, 0, 0, Long.MIN_VALUE, 0));
  }

  private static LetterReplays.Wanted ofLetter(Replay replay) {
    return new LetterReplays.Wanted(replay.table(), Optional.empty(), List.of());
  }

  private static LetterReplays.Wanted wanted(Replay replay) {
    return new LetterReplays.Wanted(
        replay.table(),
        replay.records().stream().findFirst(),
        replay.rows().stream().map(DeadLetterService::storable).toList());
  }

  /** Whatever JSON has is text to a column, if it is nothing else. */
  private static Map<String, Object> storable(Map<String, Object> row) {
    Map<String, Object> values = new LinkedHashMap<>(row);
    values.replaceAll((column, value) -> storable(value));
    return values;
  }

  private static Object storable(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      map.forEach((key, each) -> entries.put(storable(key), storable(each)));
      return entries;
    }
    return value == null || value instanceof Boolean || value instanceof byte[]
        ? value
        : value.toString();
  }

  /** Empty if the pipeline was given another script meanwhile, which may not remember anything. */
  private Optional<ReplayAnswer> request(
      StoredDeadLetter stored, LetterOwner.OfPipeline owner, LetterReplays.Wanted wanted, String by)
      throws Exception {
    if (wanted.isTooLarge()) {
      throw DeadLetterErrors.correctionTooLarge(stored.id());
    }
    String name = stored.pipeline().orElseThrow();
    Optional<PipelineState> state =
        tools
            .commands()
            .execute(
                Write.REPLAY_REQUEST,
                (command, db) -> {
                  Pipeline pipeline =
                      Pipelines.findLocked(db, name)
                          .orElseThrow(() -> PipelineErrors.noSuchPipeline(name));
                  if (!pipeline.deploymentId().equals(owner.pipeline().deploymentId())) {
                    return Optional.<PipelineState>empty();
                  }
                  if (!tools.replays().request(db, stored.id(), wanted, by)) {
                    throw ended(stored.id());
                  }
                  return Optional.of(pipeline.state());
                });
    tools.wake().run();
    return state.map(ReplayAnswer::requested);
  }

  private StoredDeadLetter existing(long id) {
    return find(id).orElseThrow(() -> DeadLetterErrors.noSuchDeadLetter(id));
  }

  private static void checkOpen(StoredDeadLetter stored) {
    if (stored.state() != StoredDeadLetter.State.OPEN) {
      throw DeadLetterErrors.deadLetterEnded(stored.id(), stored.state().name());
    }
  }

  private LetterOwner owner(StoredDeadLetter stored) throws Exception {
    if (stored.pipeline().isPresent()) {
      String name = stored.pipeline().get();
      return new LetterOwner.OfPipeline(
          tools.pipelines().find(name).orElseThrow(() -> PipelineErrors.noSuchPipeline(name)),
          tools);
    }
    String run = stored.runId().orElseThrow();
    return new LetterOwner.OfRun(
        stored.id(),
        tools
            .runs()
            .find(run)
            .orElseThrow(() -> DeadLetterErrors.deadLetterOfRun(stored.id(), run, "forgotten")),
        new TouchedJournal(),
        tools);
  }

  private static Replay replayOf(StoredDeadLetter stored, Correction correction, Plan plan) {
    DeadLetter letter = stored.letter();
    String table = correction.table().orElse(letter.table());
    DeadLetter.Side side = side(letter, table, plan);
    if (!correction.isNone()) {
      if (side == DeadLetter.Side.STEP) {
        throw DeadLetterErrors.deadLetterTable(stored.id());
      }
      return new Replay(side, table, correction.bytes().stream().toList(), correction.rows());
    }
    if (!stored.isReplayable() || !table.equals(letter.table())) {
      throw DeadLetterErrors.deadLetterNotReplayable(stored.id(), letter.masked());
    }
    return Replay.of(letter, table);
  }

  /** A table that is named may be another one: what is written takes rows as they are. */
  private static DeadLetter.Side side(DeadLetter letter, String table, Plan plan) {
    if (table.equals(letter.table())) {
      return letter.side();
    }
    boolean written = plan.inserts().stream().anyMatch(insert -> insert.table().equals(table));
    return written ? DeadLetter.Side.SINK : DeadLetter.Side.SOURCE;
  }

  /** Something in a transaction. */
  @FunctionalInterface
  private interface Part {
    void apply(Connection db) throws Exception;
  }

  private void write(StoredDeadLetter stored, String by, Part whatComesOfIt) throws Exception {
    tools
        .commands()
        .execute(
            Write.DEAD_LETTER,
            (command, db) -> {
              end(db, stored.id(), StoredDeadLetter.State.REPLAYED, by);
              whatComesOfIt.apply(db);
              return null;
            });
  }

  private void end(Connection db, long id, StoredDeadLetter.State state, String by)
      throws Exception {
    if (!tools.letters().end(db, id, state, by)) {
      throw ended(id);
    }
  }

  private MillraceException ended(long id) throws Exception {
    return DeadLetterErrors.deadLetterEnded(
        id, tools.letters().find(id).map(each -> each.state().name()).orElse("gone"));
  }

  private static <T> T unchecked(Callable<T> request) {
    try {
      return request.call();
    } catch (MillraceException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.of(e);
    } catch (Exception e) {
      throw Failures.of(e);
    }
  }
}
