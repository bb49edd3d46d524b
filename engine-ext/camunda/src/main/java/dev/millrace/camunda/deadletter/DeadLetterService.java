// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.deadletter;

import dev.millrace.camunda.error.CamundaErrors;
import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.OutboxDesk;
import dev.millrace.engine.Commit;
import dev.millrace.engine.DeadLetter;
import dev.millrace.engine.Replay;
import dev.millrace.engine.RunMetrics;
import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.Write;
import dev.millrace.spi.outbox.Outbox;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.PendingOutbox;
import dev.millrace.store.Pipeline;
import dev.millrace.store.Pipelines;
import dev.millrace.store.StoredDeadLetter;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Dead letters as operators treat them. Thread-safe; must not be called from inside an engine
 * command.
 *
 * <p>A letter of a pipeline is replayed through the pipeline's script, beside the pipeline and
 * whatever its state: one transaction holds what comes of it and the word that it is replayed, so
 * that it is processed once. If it fails again it stays open. Letters of runs can be looked at and
 * discarded: their activity has gone on without them.
 *
 * <p>Nothing here asks who may do it: callers do.
 */
public final class DeadLetterService {
  private static final EffectJournal NO_JOURNAL = effect -> {};

  /**
   * What replaying takes.
   *
   * @param services of a pipeline's script
   */
  public record Tools(
      EngineCommands commands,
      StreamEngine engine,
      Plans plans,
      Pipelines pipelines,
      DeadLetters letters,
      OutboxDesk outbox,
      Function<Pipeline, Services> services) {}

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
   * Says that a letter is not needed.
   *
   * @param by a user's id; null if nobody says
   */
  public void discard(long id, String by) {
    existing(id);
    unchecked(
        () ->
            tools
                .commands()
                .execute(
                    Write.DEAD_LETTER,
                    (command, db) -> {
                      end(db, id, StoredDeadLetter.State.DISCARDED, by);
                      return null;
                    }));
  }

  /**
   * Processes a pipeline's letter again, on this thread.
   *
   * @param by a user's id; null if nobody says
   * @return what was read and written
   * @throws MillraceException if it has been replayed or discarded before, cannot be replayed, or
   *     fails again: nothing was then done
   */
  public RunMetrics replay(long id, Correction correction, String by) {
    StoredDeadLetter stored = existing(id);
    return unchecked(
        () -> {
          checkOpen(stored);
          Pipeline pipeline = pipeline(stored);
          Plan plan =
              tools
                  .plans()
                  .plan(
                      pipeline
                          .deploymentId()
                          .orElseThrow(() -> CamundaErrors.noSuchPipeline(pipeline.name())),
                      new ScriptSource.InDeployment(pipeline.script()));
          RunRequest request =
              RunRequest.standalone()
                  .withServices(tools.services().apply(pipeline))
                  .withReplay(replayOf(stored, correction, plan))
                  .withCommitter(commit -> commit(commit, stored, by));
          return tools.engine().run(plan, request);
        });
  }

  private StoredDeadLetter existing(long id) {
    return find(id).orElseThrow(() -> CamundaErrors.noSuchDeadLetter(id));
  }

  private static void checkOpen(StoredDeadLetter stored) {
    if (stored.state() != StoredDeadLetter.State.OPEN) {
      throw CamundaErrors.deadLetterEnded(stored.id(), stored.state().name());
    }
  }

  private Pipeline pipeline(StoredDeadLetter stored) throws Exception {
    String name = stored.pipeline().orElseThrow(() -> CamundaErrors.deadLetterOfRun(stored.id()));
    return tools.pipelines().find(name).orElseThrow(() -> CamundaErrors.noSuchPipeline(name));
  }

  private static Replay replayOf(StoredDeadLetter stored, Correction correction, Plan plan) {
    DeadLetter letter = stored.letter();
    String table = correction.table().orElse(letter.table());
    DeadLetter.Side side = side(letter, table, plan);
    if (!correction.isNone()) {
      if (side == DeadLetter.Side.STEP) {
        throw CamundaErrors.deadLetterTable(stored.id());
      }
      return new Replay(side, table, correction.bytes().stream().toList(), correction.rows());
    }
    if (!letter.isReplayable() || !table.equals(letter.table())) {
      throw CamundaErrors.deadLetterNotReplayable(stored.id(), letter.masked());
    }
    return letter.bytes() == null
        ? new Replay(side, table, List.of(), List.of(letter.row()))
        : new Replay(side, table, List.of(letter.bytes()), List.of());
  }

  /** A table that is named may be another one: what is written takes rows as they are. */
  private static DeadLetter.Side side(DeadLetter letter, String table, Plan plan) {
    if (table.equals(letter.table())) {
      return letter.side();
    }
    boolean written = plan.inserts().stream().anyMatch(insert -> insert.table().equals(table));
    return written ? DeadLetter.Side.SINK : DeadLetter.Side.SOURCE;
  }

  private void commit(Commit commit, StoredDeadLetter stored, String by) throws Exception {
    tools
        .commands()
        .execute(
            Write.DEAD_LETTER,
            (command, db) -> {
              end(db, stored.id(), StoredDeadLetter.State.REPLAYED, by);
              PendingOutbox outbox = tools.outbox().ofPipeline(db, stored.pipeline().orElseThrow());
              commit.apply(new Transaction(db, NO_JOURNAL, outbox));
              tools.outbox().handIn(outbox);
              return null;
            });
  }

  private void end(Connection db, long id, StoredDeadLetter.State state, String by)
      throws Exception {
    if (!tools.letters().end(db, id, state, by)) {
      throw CamundaErrors.deadLetterEnded(
          id, tools.letters().find(id).map(each -> each.state().name()).orElse("gone"));
    }
  }

  private record Transaction(Connection connection, EffectJournal journal, Outbox outbox)
      implements SinkTransaction {}

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
