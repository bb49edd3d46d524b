// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.Map;
import java.util.Optional;

/**
 * A record or row that cannot be processed.
 *
 * @param side where it was found
 * @param table the table read or written, as declared; else what was computed
 * @param bytes the record's own, as far as a source knows them
 * @param row its values by column, in the classes of {@link dev.millrace.spi.row.RowValues}; empty
 *     if it never became a row
 * @param text for a person
 * @param position where it was found, for a person; empty if unknown
 */
public record DeadRow(
    Side side,
    String table,
    Optional<byte[]> bytes,
    Map<String, Object> row,
    String text,
    String position,
    Exception cause) {

  /** Where a run stood. */
  public enum Side {
    /** At a record, or a row just read, of a table. */
    SOURCE,
    /** At a row in between. */
    STEP,
    /** At a row to be written to a table. */
    SINK
  }
}
