// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.UndoOutcome;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What became, or would become, of one effect.
 *
 * @param sequence its place in the journal
 * @param isFinal true if nothing here can take such an effect back
 */
public record UndoStep(
    String runId, long sequence, Effect effect, UndoOutcome outcome, boolean isFinal) {
  private static final int MAX_VALUE_LENGTH = 200;

  /** One line for a person: {@code PUBLIC.STOCK {SKU=a}: QTY 7 → 10}. */
  public String describe() {
    if (outcome instanceof UndoOutcome.Conflict conflict) {
      return conflict.reason();
    }
    if (outcome instanceof UndoOutcome.Skipped skipped) {
      return skipped.reason();
    }
    return effect.target() + " " + text(effect.key()) + ": " + change();
  }

  private String change() {
    if (!(outcome instanceof UndoOutcome.Undone undone)
        || undone.from().isEmpty() && undone.to().isEmpty()) {
      return "nothing left to change";
    }
    if (undone.to().isEmpty()) {
      return "deleted " + text(undone.from().orElseThrow());
    }
    Map<String, Object> to = undone.to().orElseThrow();
    Optional<Map<String, Object>> from = undone.from();
    if (from.isEmpty()) {
      return "inserted " + text(to);
    }
    StringJoiner columns = new StringJoiner(", ");
    to.forEach(
        (name, value) ->
            columns.add(name + " " + text(from.get().get(name)) + " → " + text(value)));
    return columns.toString();
  }

  private static String text(Map<String, Object> row) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    row.forEach((name, value) -> text.add(name + "=" + text(value)));
    return text.toString();
  }

  private static String text(Object value) {
    String text = value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
  }
}
