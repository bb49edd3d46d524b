// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import java.util.Map;

/** What the running engine offers a sink. */
public interface SinkContext {
  /** The host's services with those of the run, such as the process instance it works for. */
  Services services();

  /**
   * True if the run ends in a {@link SinkTransaction}: a sink that is {@link TransactionalSink}
   * then only stages what is written, within {@link #maxStagedRows()}.
   */
  boolean transactional();

  /** The most rows a transactional sink may stage before it fails with category RESOURCE. */
  long maxStagedRows();

  /**
   * Takes a row that could not be written. Returns if the run's setting is to keep going.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the run shall fail
   */
  void deadLetter(RowBatch batch, int row, Exception cause);

  /**
   * As {@link #deadLetter(RowBatch, int, Exception)}, of a row that is no longer in a batch.
   *
   * @param row values by column, in the classes of {@link dev.millrace.spi.row.RowValues}
   */
  default void deadLetter(ChangeKind kind, Map<String, Object> row, MillraceException cause) {
    throw cause;
  }
}
