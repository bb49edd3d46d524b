// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

/** The host's transaction around a {@link Commit}. */
public interface Committer {
  /**
   * Opens a transaction, applies the commit, commits; once this returns, effects and positions are
   * durable. Called on the thread that called {@link StreamEngine#run}.
   */
  void commit(Commit commit) throws Exception;
}
