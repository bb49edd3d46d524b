// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.runtime.stage.Cut;
import dev.millrace.runtime.stage.Recovery;
import dev.millrace.runtime.stage.StateSettings;
import dev.millrace.runtime.state.Snapshot;
import dev.millrace.runtime.state.SnapshotErrors;
import dev.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Decides when what a pipeline remembers is written down, and finds it again. Single-threaded;
 * called on the thread that runs.
 *
 * <p>The first commit of a pipeline holds a snapshot, so that there always is one; so does each
 * commit of a run that could not be repeated from a trace. Else snapshots are rarer, and stored
 * behind a commit.
 */
final class StateKeeping {
  /** Memory a snapshot may take when it is read, for each of its bytes. */
  private static final long MEMORY_PER_BYTE = 8;

  private final StateStore store;
  private final RunOptions options;
  private Future<Optional<Exception>> saving = CompletableFuture.completedFuture(Optional.empty());
  private boolean hasSnapshot;
  private int damaged;
  private long snapshots;
  private long bytes;
  private long tookNs;
  private long takenNs = System.nanoTime();
  private long rowsThen;

  StateKeeping(StateStore store, RunOptions options) {
    this.store = store;
    this.options = options;
  }

  /** The newest good snapshot, if there is any at all. */
  StateSettings recover() {
    Optional<Recovery> found = Optional.empty();
    try {
      Optional<StateStore.Saved> saved = store.saved(0);
      while (saved.isPresent() && found.isEmpty()) {
        found = read(saved.get());
        saved = found.isPresent() ? saved : store.saved(damaged);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw EngineErrors.stateNotRead(e);
    }
    if (found.isEmpty() && damaged > 0) {
      throw EngineErrors.noGoodSnapshot(damaged);
    }
    hasSnapshot = found.isPresent();
    return new StateSettings(found, options.maxStateBytes());
  }

  private Optional<Recovery> read(StateStore.Saved saved) {
    try {
      return Optional.of(new Recovery(Snapshot.read(saved.snapshot(), budget()), saved.traces()));
    } catch (MillraceException e) {
      if (!SnapshotErrors.isDamage(e)) {
        throw e;
      }
      damaged++;
      store.damaged(saved, e);
      return Optional.empty();
    }
  }

  private long budget() {
    return Math.min(
        Math.multiplyExact(Math.min(options.maxStateBytes(), Integer.MAX_VALUE), MEMORY_PER_BYTE),
        Runtime.getRuntime().maxMemory() / 2);
  }

  /** The snapshot that must be stored with the commit, if one must. */
  Optional<byte[]> withCommit(Cut cut) {
    return hasSnapshot && cut.replayable() ? Optional.empty() : Optional.of(take(cut));
  }

  /** The snapshot of {@link #withCommit} is stored. */
  void storedWithCommit() {
    hasSnapshot = true;
  }

  private byte[] take(Cut cut) {
    long startNs = System.nanoTime();
    byte[] snapshot = cut.snapshot();
    takenNs = System.nanoTime();
    tookNs = takenNs - startNs;
    bytes = snapshot.length;
    rowsThen = cut.metrics().rowsIn();
    snapshots++;
    return snapshot;
  }

  /** Behind a commit: stores a snapshot if it is time to. */
  void afterCommit(Cut cut) throws Exception {
    boolean due =
        System.nanoTime() - takenNs >= options.snapshotInterval().toNanos()
            || cut.metrics().rowsIn() - rowsThen >= options.snapshotRows();
    if (due && saving.isDone()) {
      saving = store.save(take(cut));
    }
  }

  /**
   * Stores a snapshot of the last commit, and returns when that is done.
   *
   * @throws MillraceException if it could not be stored
   */
  void saveNow(Cut cut) throws Exception {
    saving.get();
    if (hasSnapshot) {
      Optional<Exception> failure = store.save(take(cut)).get();
      if (failure.isPresent()) {
        throw EngineErrors.snapshotNotStored(failure.get());
      }
    }
  }

  /** Whatever is still being stored is. */
  void finish() throws Exception {
    saving.get();
  }

  PipelineProgress.State progress(Cut cut) {
    return new PipelineProgress.State(
        snapshots,
        bytes,
        Duration.ofNanos(tookNs),
        Duration.ofNanos(System.nanoTime() - takenNs),
        cut.metrics().rowsIn() - rowsThen,
        damaged);
  }
}
