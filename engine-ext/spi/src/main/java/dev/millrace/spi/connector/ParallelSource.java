// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.List;

/**
 * A table that {@linkplain #blocks blocks} and that several threads can read at once, each its own
 * share of the parts. Together they read each row once, and each part in its order.
 */
public interface ParallelSource extends TableSource {
  /**
   * How many shall read.
   *
   * @param lanes the run has been asked for
   * @return 1 or more; a share may be empty
   */
  int readers(int lanes);

  /**
   * Opens one share; called on the thread that will poll it. {@link RewindableSource#seek} is told
   * the position of the whole table, {@link RewindableSource#position} tells that of the share, and
   * null until its parts are known. Polls {@linkplain dev.millrace.spi.row.RowBatch#split mark} the
   * batch with the parts of the share: those that add rows, the one that finds the parts, which
   * adds none, and such as find without rows that the parts or their silence have changed.
   *
   * @param reader from 0
   * @param readers of them all
   */
  RewindableSource open(SourceContext context, int reader, int readers) throws Exception;

  /** The position of the table, of which these are the positions of all shares. */
  String position(List<String> shares);
}
