// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/**
 * A {@link RowSink} whose effects can be part of the engine's transaction. While {@link
 * SinkContext#transactional()}, {@code write} only stages; the engine calls {@link #apply} for each
 * attempt to commit, and {@link #committed} once the commit has happened: at the end of a bounded
 * run, again and again in a pipeline. These calls may come from another thread than the one that
 * writes, never at the same time.
 */
public interface TransactionalSink extends RowSink {
  /**
   * Writes all that is staged. Called again in a new transaction if the first was rolled back:
   * staged rows are kept.
   */
  void apply(SinkTransaction transaction) throws Exception;

  /** Forgets what was staged when {@link #apply} was last called. */
  void committed();
}
