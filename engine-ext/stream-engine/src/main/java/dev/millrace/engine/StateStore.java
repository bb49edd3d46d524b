// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.runtime.stage.RunErrors;
import dev.millrace.runtime.state.SnapshotErrors;
import dev.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Keeps what a pipeline remembers beyond its run: snapshots now and then, and a trace with every
 * commit. Called on the thread that runs.
 */
public interface StateStore {
  /**
   * A snapshot and what was recorded behind it.
   *
   * @param name for messages
   * @param traces of all commits behind the snapshot's, in order
   */
  record Saved(String name, byte[] snapshot, List<byte[]> traces) {
    public Saved {
      traces = List.copyOf(traces);
    }
  }

  /**
   * A stored snapshot.
   *
   * @param age 0 for the newest, 1 for the one before
   * @return empty if there is none so old
   */
  Optional<Saved> saved(int age) throws Exception;

  /** A snapshot is damaged; the one before it is tried. */
  void damaged(Saved saved, MillraceException why);

  /**
   * Stores the state behind the last commit, in a transaction of its own; perhaps later, on another
   * thread. A snapshot that is not stored is no harm: the ones before are kept.
   *
   * @return why it was not stored, once that is tried; empty if it was, or if the pipeline is no
   *     longer this node's
   */
  Future<Optional<Exception>> save(byte[] snapshot) throws Exception;

  /** Whether what is remembered has become too large: doing it again would not help. */
  static boolean isLimit(MillraceException failure) {
    return SnapshotErrors.isLimit(failure) || RunErrors.isMemory(failure);
  }
}
