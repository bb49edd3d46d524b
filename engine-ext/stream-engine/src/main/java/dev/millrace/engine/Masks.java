// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.runtime.stage.DeadRow;
import dev.millrace.spi.error.MillraceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Columns whose values must not be kept in dead letters: {@code SET 'millrace.mask' =
 * 'customers.iban, customers.name'}. Immutable.
 *
 * <p>Of a row of such a table the columns are left out; a record that never became a row is left
 * out as a whole, as nobody knows where in it the columns are, and so is a row in between. Messages
 * quote values, so that only their code is kept.
 *
 * @param columns by table; letter case does not matter
 */
record Masks(Map<String, Set<String>> columns) {
  private static final String MASK = "***";

  static Masks parse(String text) {
    Map<String, Set<String>> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String entry : text.isBlank() ? new String[0] : text.split(",")) {
      int dot = entry.lastIndexOf('.');
      String table = dot < 0 ? "" : entry.substring(0, dot).strip();
      String column = entry.substring(dot + 1).strip();
      if (table.isEmpty() || column.isEmpty()) {
        throw new IllegalArgumentException(entry);
      }
      columns
          .computeIfAbsent(table, absent -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))
          .add(column);
    }
    return new Masks(columns);
  }

  DeadLetter letter(DeadRow dead) {
    String error =
        dead.cause() instanceof MillraceException known ? known.report() : dead.cause().toString();
    DeadLetter.Side side = DeadLetter.Side.valueOf(dead.side().name());
    Set<String> masked = columns.getOrDefault(dead.table(), Set.of());
    boolean inBetween = dead.side() == DeadRow.Side.STEP && !columns.isEmpty();
    if (masked.isEmpty() && !inBetween) {
      return new DeadLetter(
          side,
          dead.table(),
          dead.bytes().orElse(null),
          dead.row(),
          dead.text(),
          dead.position(),
          error,
          false);
    }
    Map<String, Object> row = inBetween ? Map.of() : without(masked, dead.row());
    return new DeadLetter(
        side,
        dead.table(),
        null,
        row,
        row.isEmpty() ? MASK : row.toString(),
        dead.position(),
        code(dead.cause()) + " (the message is left out: it may quote masked columns)",
        true);
  }

  /** As {@link #letter(DeadRow)}, of one that comes up later. */
  DeadLetter letter(DeadLetter whole) {
    Set<String> masked = columns.getOrDefault(whole.table(), Set.of());
    boolean inBetween = whole.table().isEmpty() && !columns.isEmpty();
    if (masked.isEmpty() && !inBetween) {
      return whole;
    }
    return left(whole, inBetween ? Map.of() : without(masked, whole.row()));
  }

  static DeadLetter withheld(DeadLetter whole) {
    return left(whole, Map.of());
  }

  private static DeadLetter left(DeadLetter whole, Map<String, Object> row) {
    return new DeadLetter(
        whole.side(),
        whole.table(),
        null,
        row,
        row.isEmpty() ? MASK : row.toString(),
        whole.position(),
        "(the message is left out: it may quote masked columns)",
        true);
  }

  private static Map<String, Object> without(Set<String> masked, Map<String, Object> row) {
    Map<String, Object> left = new LinkedHashMap<>(row);
    left.replaceAll((column, value) -> masked.contains(column) ? MASK : value);
    return left;
  }

  private static String code(Exception cause) {
    return cause instanceof MillraceException known
        ? known.code().id()
        : cause.getClass().getSimpleName();
  }
}
