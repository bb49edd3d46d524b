// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.spi.effect.UndoOutcome;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * Takes back what a {@code jdbc} sink did in the engine's database.
 *
 * <pre>
 *   effect   taken back by                      if the row now
 *   insert   deleting the row                   equals the after-image, in all columns
 *   update   putting back the columns written   equals the after-image, in the columns written
 *   delete   inserting the before-image         is absent
 * </pre>
 *
 * Anything else is a conflict. Additive columns are not compared: what was added is subtracted. A
 * row that was inserted and has only been added to since is therefore kept, less what was added.
 * What the database's constraints refuse is a conflict, too.
 */
public final class JdbcUndoer implements EffectUndoer {
  /** The table of the effect before: effects of a run come in rows of the same table. */
  private record Known(WeakReference<Connection> connection, String path, DatabaseTable table) {}

  private volatile Known known = new Known(new WeakReference<>(null), "", null);

  @Override
  public String connector() {
    return TableJournal.CONNECTOR;
  }

  @Override
  public UndoOutcome undo(Effect effect, ConflictPolicy policy, Connection connection)
      throws SQLException {
    RowUndo undo = new RowUndo(effect, policy, table(connection, effect.target()), connection);
    Savepoint start = connection.setSavepoint();
    try {
      UndoOutcome outcome = undo.execute();
      connection.releaseSavepoint(start);
      return outcome;
    } catch (SQLException e) {
      if (!JdbcErrors.blamesRow(e)) {
        throw e;
      }
      connection.rollback(start);
      return undo.conflict("the database refuses: " + JdbcErrors.message(e));
    } catch (ArithmeticException e) {
      connection.releaseSavepoint(start);
      return undo.conflict(e.getMessage());
    }
  }

  private DatabaseTable table(Connection connection, String path) throws SQLException {
    Known last = known;
    if (last.connection().get() == connection && last.path().equals(path)) {
      return last.table();
    }
    DatabaseTable table = TableResolver.resolve(connection, path);
    known = new Known(new WeakReference<>(connection), path, table);
    return table;
  }
}
