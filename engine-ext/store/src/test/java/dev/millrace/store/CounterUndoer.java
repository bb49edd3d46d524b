// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.spi.effect.UndoOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Undoes changes of {@code COUNTER(NAME, AMOUNT)}, the smallest sink there is. */
final class CounterUndoer implements EffectUndoer {
  static final String TABLE =
      "CREATE TABLE COUNTER (NAME VARCHAR(64) PRIMARY KEY, AMOUNT INTEGER NOT NULL)";

  static Effect effect(String name, int before, int after) {
    return new Effect(
        "counter",
        "engine",
        "COUNTER",
        Map.of("NAME", name),
        Optional.of(Map.of("AMOUNT", before)),
        Optional.of(Map.of("AMOUNT", after)),
        Set.of("AMOUNT"),
        Map.of());
  }

  @Override
  public String connector() {
    return "counter";
  }

  @Override
  public UndoOutcome undo(Effect effect, ConflictPolicy policy, Connection connection)
      throws SQLException {
    int before = (Integer) effect.before().orElseThrow().get("AMOUNT");
    int after = (Integer) effect.after().orElseThrow().get("AMOUNT");
    int current =
        Sql.first(
                connection,
                row -> row.getInt(1),
                "SELECT AMOUNT FROM COUNTER WHERE NAME = ? FOR UPDATE",
                effect.key().get("NAME"))
            .orElseThrow();
    if (current != after && policy != ConflictPolicy.FORCE) {
      String reason = effect.key().get("NAME") + ": expected " + after + ", found " + current;
      return policy == ConflictPolicy.FAIL
          ? new UndoOutcome.Conflict(reason)
          : new UndoOutcome.Skipped(reason);
    }
    Sql.update(
        connection,
        "UPDATE COUNTER SET AMOUNT = ? WHERE NAME = ?",
        before,
        effect.key().get("NAME"));
    return new UndoOutcome.Undone();
  }
}
