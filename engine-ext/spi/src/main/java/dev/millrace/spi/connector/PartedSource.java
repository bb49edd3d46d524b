// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.row.RowBatch;

/**
 * A source of parts, each with an order of its own: how they mix differs from time to time, but
 * each can be read again by itself. Its batches say of which {@link dev.millrace.spi.row.Splits}
 * they are.
 */
public interface PartedSource extends RewindableSource {
  /**
   * Reads once more, from where {@link #seek} has put it, what was read before. Called instead of
   * {@link #poll}, and once; the source closes what it opens.
   *
   * @param end the position at which reading goes on afterwards: what lies behind it was never read
   */
  PartReader again(String end) throws Exception;

  /** Reads the parts of a source as its caller wants them. Called by the source's thread. */
  @FunctionalInterface
  interface PartReader {
    /**
     * Appends the next rows of one part until the batch is full.
     *
     * @param part its name among the {@link dev.millrace.spi.row.Splits}
     * @return END if the part has no more rows in front of the end
     */
    RowSource.Status poll(String part, RowBatch batch) throws Exception;
  }
}
