// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import java.util.List;
import java.util.Map;

/**
 * What was put aside and is processed again: instead of all that the script reads.
 *
 * @param side {@code SOURCE}: through the script; {@code SINK}: into the table only
 * @param table read or written, as declared
 * @param records bytes, as the table's source reads them
 * @param rows values by column; of the class its type asks for, or text or numbers that can become
 *     such. Of a table that is read all columns the script needs must be given; one that is written
 *     takes NULL for what is left out
 */
public record Replay(
    DeadLetter.Side side, String table, List<byte[]> records, List<Map<String, Object>> rows) {
  public Replay {
    records = List.copyOf(records);
    rows = List.copyOf(rows);
  }

  /** A letter as it is. */
  public static Replay of(DeadLetter letter, String table) {
    return letter.bytes() == null
        ? new Replay(letter.side(), table, List.of(), List.of(letter.row()))
        : new Replay(letter.side(), table, List.of(letter.bytes()), List.of());
  }
}
