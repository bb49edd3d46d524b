// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.runtime.stage.Boundary;
import dev.millrace.runtime.stage.CommitRoom;
import dev.millrace.runtime.stage.Cut;
import dev.millrace.runtime.stage.FlowMetrics;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TransactionalSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** A pipeline that holds more than this part of its memory commits. */
  private static final int SHARE_OF_MEMORY = 8;

  private final RunRequest request;
  private final RunOptions options;
  private final boolean onTheWay;
  private final Optional<StateKeeping> keeping;
  private final Optional<ReplayedLetters> replays;
  private final Steering steering;
  private final CommitRoom room;
  private final long memoryBytes;
  private final long startNs;
  private long lastProgressNs;
  private long lastCommitNs;
  private long committedWork;
  private long committedRows;
  private long committedDead;
  private long rowsAtCommit;
  private boolean draining;

  /**
   * @param memoryBytes the run may take
   * @param onTheWay whether to commit before the end, too
   * @param keeping present if the run remembers something beyond its end
   * @param replays of such a run
   */
  Commits(
      RunRequest request,
      RunOptions options,
      boolean onTheWay,
      Optional<StateKeeping> keeping,
      Optional<ReplayedLetters> replays,
      long memoryBytes,
      long startNs) {
    this.request = request;
    this.memoryBytes = memoryBytes;
    this.options = options;
    this.keeping = keeping;
    this.replays = replays;
    this.startNs = startNs;
    this.onTheWay = onTheWay;
    steering = request.host().map(PipelineHost::steering).orElse(Steering.none());
    room = onTheWay ? new CommitRoom(options.commitRows()) : CommitRoom.BOUNDLESS;
    lastProgressNs = startNs;
    lastCommitNs = startNs;
  }

  @Override
  public CommitRoom room() {
    return room;
  }

  @Override
  public void repeating() throws InterruptedException {
    if (request.stop().getAsBoolean()) {
      throw new InterruptedException("the run was to stop");
    }
  }

  @Override
  public void between(Cut cut, boolean paused) throws Exception {
    repeating();
    long nowNs = System.nanoTime();
    if (nowNs - lastProgressNs >= PROGRESS_NS) {
      lastProgressNs = nowNs;
      tellProgress(cut);
    }
    if (onTheWay) {
      replayLetters(cut, paused);
      commitIfDue(cut, paused, nowNs);
      obey(cut);
    } else if (nowNs - startNs > options.maxRunTime().toNanos()) {
      throw EngineErrors.tookTooLong(RunOptions.MAX_RUN_TIME, options.maxRunTime());
    }
  }

  /** What can go through at once does so before its source may end. */
  @Override
  public void begin(Cut cut) throws Exception {
    replayLetters(cut, false);
  }

  private void replayLetters(Cut cut, boolean paused) throws Exception {
    if (replays.isPresent() && replays.get().perform(cut) && paused) {
      cut.pause();
    }
  }

  private List<ReplayOutcome> replayed() {
    return replays.map(ReplayedLetters::outcomes).orElse(List.of());
  }

  private void tellProgress(Cut cut) {
    RunMetrics metrics = metrics(cut);
    request.progress().accept(metrics);
    request
        .host()
        .ifPresent(
            host ->
                host.progress()
                    .accept(
                        Progress.of(metrics, cut.progress(), keeping.map(it -> it.progress(cut)))));
  }

  private void commitIfDue(Cut cut, boolean paused, long nowNs) throws Exception {
    FlowMetrics done = cut.metrics();
    boolean replayed = !replayed().isEmpty();
    boolean due =
        paused
            || replayed
            || room.isCrowded()
            || read(done) - committedRows >= options.commitRows()
            || cut.awaitingBytes() > memoryBytes / SHARE_OF_MEMORY
            || nowNs - lastCommitNs >= options.commitInterval().toNanos();
    if (due && (replayed || work(done) > committedWork)) {
      commit(cut, false);
      if (keeping.isPresent()) {
        keeping.get().afterCommit(cut);
      }
      // those for which there was no room: what is read next would take it again
      replayLetters(cut, paused);
    }
  }

  /**
   * Rows that wait for a commit, and all before. A record that could not be read is a dead letter
   * without a row; a window fires without one.
   */
  private static long work(FlowMetrics done) {
    return read(done) + done.rowsOut();
  }

  private static long read(FlowMetrics done) {
    return done.rowsIn() + done.dead();
  }

  private void obey(Cut cut) throws Exception {
    Steering.Wish wish = steering.wish();
    switch (wish) {
      case GO_ON -> {}
      case CHECKPOINT -> {
        checkpoint(cut);
        steering.fulfilled(wish);
      }
      case PAUSE, LEAVE -> {
        checkpoint(cut);
        steering.fulfilled(wish);
        throw new InterruptedException("the run goes on elsewhere, or later");
      }
      case DRAIN -> {
        draining = true;
        cut.drain();
      }
    }
  }

  private void checkpoint(Cut cut) throws Exception {
    if (work(cut.metrics()) > committedWork || cut.recorded() > 0) {
      commit(cut, false);
    }
    if (keeping.isPresent()) {
      keeping.get().saveNow(cut);
    }
  }

  @Override
  public void end(Cut cut) throws Exception {
    if (request.committer().isPresent()) {
      commit(cut, true);
    }
    if (keeping.isPresent()) {
      keeping.get().finish();
    }
    if (draining) {
      steering.fulfilled(Steering.Wish.DRAIN);
    }
    request.progress().accept(metrics(cut));
  }

  /** Foreign sinks are flushed first: repeated after a crash they are written twice, never lost. */
  private void commit(Cut cut, boolean last) throws Exception {
    FlowMetrics done = cut.metrics();
    checkDeadRate(done);
    cut.flush();
    List<TransactionalSink> sinks = cut.staged();
    Map<String, String> positions = Map.copyOf(cut.positions());
    Optional<byte[]> trace = keeping.map(it -> cut.trace());
    Optional<byte[]> snapshot = keeping.flatMap(it -> it.withCommit(cut));
    request
        .committer()
        .orElseThrow()
        .commit(
            new StagedCommit(
                sinks, positions, trace, snapshot, replayed(), last, () -> metrics(cut)));
    cut.committed();
    replays.ifPresent(ReplayedLetters::committed);
    if (snapshot.isPresent()) {
      keeping.orElseThrow().storedWithCommit();
    }
    room.clear();
    committedWork = work(done);
    committedRows = read(done);
    lastCommitNs = System.nanoTime();
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
      Optional<byte[]> trace,
      Optional<byte[]> snapshot,
      List<ReplayOutcome> replayed,
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
