// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunMetrics;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.PipelineWish;
import dev.millrace.store.Pipelines;
import dev.millrace.store.Store;
import dev.millrace.store.StoredProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Pipelines as operators see and steer them. Thread-safe; each call is one transaction of its own,
 * so it must not be made from inside an engine command.
 *
 * <p>Nothing here asks who may do it: callers do.
 */
public final class PipelineService {
  private final EngineCommands commands;
  private final Store store;
  private final Map<String, PipelineProgress> flowing;
  private final Runnable wake;

  /**
   * @param flowing what pipelines of this node have done since they were started here, by name
   * @param wake told when a pipeline shall run
   */
  public PipelineService(
      EngineCommands commands, Store store, Map<String, PipelineProgress> flowing, Runnable wake) {
    this.commands = commands;
    this.store = store;
    this.flowing = flowing;
    this.wake = wake;
  }

  /**
   * A pipeline with its progress.
   *
   * @param positions where its sources go on, by table name
   * @param progress since it was started on its node: what its sources, windows and state are at,
   *     as of now if that is this node, else as that told when it last renewed its lease; empty if
   *     it does not run
   */
  public record Status(
      Pipeline pipeline, Map<String, String> positions, Optional<StoredProgress> progress) {
    /** Rows since it was started on its node. */
    public Optional<RunMetrics> live() {
      return progress.map(told -> told.progress().metrics());
    }
  }

  /** All pipelines, by name. */
  public List<Pipeline> list() {
    return unchecked(store.pipelines()::list);
  }

  public Optional<Status> find(String name) {
    return unchecked(
        () -> {
          Optional<Pipeline> found = store.pipelines().find(name);
          if (found.isEmpty()) {
            return Optional.<Status>empty();
          }
          return Optional.of(new Status(found.get(), store.positions().of(name), progress(name)));
        });
  }

  private Optional<StoredProgress> progress(String name) throws SQLException {
    PipelineProgress here = flowing.get(name);
    return here == null
        ? store.progress().of(name)
        : Optional.of(new StoredProgress(here, Instant.now()));
  }

  /** Lets a pipeline run that has stopped or failed: from where it was. */
  public void start(String name) {
    move(name, PipelineState.RUNNING, Set.of(PipelineState.STOPPED, PipelineState.INCIDENT));
  }

  /** Holds a pipeline; what is not yet committed is read again when it goes on. */
  public void pause(String name) {
    move(name, PipelineState.PAUSED, Set.of(PipelineState.RUNNING, PipelineState.INCIDENT));
  }

  /**
   * Commits at once and stores a snapshot of what the pipeline remembers; the node that runs it
   * sees to it within its poll interval.
   */
  public void checkpoint(String name) {
    wish(name, PipelineWish.CHECKPOINT, Set.of(PipelineState.RUNNING));
  }

  /**
   * Lets a pipeline fire all its windows, commit and end; what it remembered is then used up. The
   * node that runs it sees to it within its poll interval; one that is paused runs again for that.
   */
  public void drain(String name) {
    wish(name, PipelineWish.DRAIN, Set.of(PipelineState.RUNNING, PipelineState.PAUSED));
  }

  /**
   * As {@link #pause}, but in order: commits, stores a snapshot, and only then holds; the node that
   * runs it sees to it within its poll interval.
   */
  public void pauseInOrder(String name) {
    wish(name, PipelineWish.PAUSE, Set.of(PipelineState.RUNNING));
  }

  private void wish(String name, PipelineWish wish, Set<PipelineState> from) {
    unchecked(
        () ->
            commands.execute(
                Write.PIPELINE_STEERING,
                (command, db) -> {
                  checkState(db, name, from);
                  return store.wishes().wish(db, name, wish);
                }));
    wake.run();
  }

  /** Lets a pipeline go on that was paused or has failed. */
  public void resume(String name) {
    move(name, PipelineState.RUNNING, Set.of(PipelineState.PAUSED, PipelineState.INCIDENT));
  }

  /** Ends a pipeline; it can be started again. */
  public void stop(String name) {
    move(
        name,
        PipelineState.STOPPED,
        Set.of(PipelineState.RUNNING, PipelineState.PAUSED, PipelineState.INCIDENT));
  }

  private void move(String name, PipelineState to, Set<PipelineState> from) {
    unchecked(
        () ->
            commands.execute(
                Write.PIPELINE_STEERING,
                (command, db) -> {
                  checkState(db, name, from);
                  return store.wishes().setState(db, name, to);
                }));
    wake.run();
  }

  private static void checkState(Connection db, String name, Set<PipelineState> from)
      throws SQLException {
    Pipeline pipeline =
        Pipelines.findLocked(db, name).orElseThrow(() -> PipelineErrors.noSuchPipeline(name));
    if (!from.contains(pipeline.state())) {
      throw PipelineErrors.pipelineState(
          name, pipeline.state().name(), from.stream().map(Enum::name).toList());
    }
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
