// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.runtime.stage.Boundary;
import dev.millrace.runtime.stage.Cut;
import dev.millrace.runtime.stage.FlowMetrics;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TransactionalSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Decides when a run commits, and tells its progress. Single-threaded; called on the thread that
 * runs.
 *
 * <p>A bounded run commits once, at its end. A pipeline commits what it has read when input pauses,
 * and after so many rows or so much time at the latest.
 */
final class Commits implements Boundary {
  private static final long PROGRESS_NS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long LEAST_FOR_RATE = 100;

  private final RunRequest request;
  private final RunOptions options;
  private final boolean onTheWay;
  private final long startNs;
  private long lastProgressNs;
  private long lastCommitNs;
  private long committedRows;
  private long committedDead;
  private long rowsAtCommit;

  /**
   * @param onTheWay whether to commit before the end, too
   */
  Commits(RunRequest request, RunOptions options, boolean onTheWay, long startNs) {
    this.request = request;
    this.options = options;
    this.startNs = startNs;
    this.onTheWay = onTheWay;
    lastProgressNs = startNs;
    lastCommitNs = startNs;
  }

  @Override
  public void between(Cut cut, boolean paused) throws Exception {
    if (request.stop().getAsBoolean()) {
      throw new InterruptedException("the run was to stop");
    }
    long nowNs = System.nanoTime();
    if (nowNs - lastProgressNs >= PROGRESS_NS) {
      lastProgressNs = nowNs;
      request.progress().accept(metrics(cut));
    }
    if (onTheWay) {
      commitIfDue(cut, paused, nowNs);
    } else if (nowNs - startNs > options.maxRunTime().toNanos()) {
      throw EngineErrors.tookTooLong(RunOptions.MAX_RUN_TIME, options.maxRunTime());
    }
  }

  private void commitIfDue(Cut cut, boolean paused, long nowNs) throws Exception {
    FlowMetrics done = cut.metrics();
    // a record that could not be read is a dead letter without a row: it waits for a commit, too
    long rows = done.rowsIn() + done.dead();
    boolean due =
        paused
            || rows - committedRows >= options.commitRows()
            || nowNs - lastCommitNs >= options.commitInterval().toNanos();
    if (due && rows > committedRows) {
      commit(cut, false);
      committedRows = rows;
      lastCommitNs = System.nanoTime();
    }
  }

  @Override
  public void end(Cut cut) throws Exception {
    if (request.committer().isPresent()) {
      commit(cut, true);
    }
    request.progress().accept(metrics(cut));
  }

  /** Foreign sinks are flushed first: repeated after a crash they are written twice, never lost. */
  private void commit(Cut cut, boolean last) throws Exception {
    checkDeadRate(cut.metrics());
    cut.flush();
    List<TransactionalSink> sinks = cut.staged();
    Map<String, String> positions = Map.copyOf(cut.positions());
    request
        .committer()
        .orElseThrow()
        .commit(new StagedCommit(sinks, positions, last, () -> metrics(cut)));
    sinks.forEach(TransactionalSink::committed);
  }

  /** A few rows tell nothing about a rate. */
  private void checkDeadRate(FlowMetrics done) {
    long dead = done.dead() - committedDead;
    long seen = done.rowsIn() + done.dead() - rowsAtCommit;
    if (seen >= LEAST_FOR_RATE && dead > options.maxDeadRate() * seen) {
      throw EngineErrors.deadRate(dead, seen, RunOptions.MAX_DEAD_RATE, options.maxDeadRate());
    }
    committedDead = done.dead();
    rowsAtCommit = done.rowsIn() + done.dead();
  }

  private RunMetrics metrics(Cut cut) {
    FlowMetrics flow = cut.metrics();
    return LocalStreamEngine.metrics(flow, startNs);
  }

  /**
   * @param progress asked anew each time: rows may become dead letters while they are applied
   */
  private record StagedCommit(
      List<TransactionalSink> sinks,
      Map<String, String> positions,
      boolean isLast,
      Supplier<RunMetrics> progress)
      implements Commit {
    @Override
    public void apply(SinkTransaction transaction) throws Exception {
      for (TransactionalSink sink : sinks) {
        sink.apply(transaction);
      }
    }

    @Override
    public RunMetrics metrics() {
      return progress.get();
    }
  }
}
