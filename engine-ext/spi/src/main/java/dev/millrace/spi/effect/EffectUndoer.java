// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.effect;

import dev.millrace.spi.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes back the effects of one connector. Stateless; thread-safe. */
public interface EffectUndoer {
  /** The {@link Effect#connector()} it serves. */
  String connector();

  /**
   * Undoes one effect in the given transaction, after all newer effects on the same row.
   *
   * @param connection of the effect's database; never committed, rolled back or closed here
   * @return a conflict only under {@link ConflictPolicy#FAIL}; the row is then untouched
   */
  UndoOutcome undo(Effect effect, ConflictPolicy policy, Connection connection) throws SQLException;

  /**
   * As {@link #undo(Effect, ConflictPolicy, Connection)}, by an undoer of effects on foreign
   * systems: it appends to the outbox what takes them back.
   *
   * @param outbox of the transaction
   */
  default UndoOutcome undo(
      Effect effect, ConflictPolicy policy, Connection connection, Outbox outbox)
      throws SQLException {
    return undo(effect, policy, connection);
  }
}
