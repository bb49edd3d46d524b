// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.LiveTables;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.store.codec.RowJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts rows of live tables back as they were, where they are as the effect left them. */
final class LiveTableUndoer implements EffectUndoer {
  @Override
  public String connector() {
    return StoredLiveTables.CONNECTOR;
  }

  @Override
  public UndoOutcome undo(Effect effect, ConflictPolicy policy, Connection connection)
      throws SQLException {
    LiveTables.Name name = StoredLiveTables.ofTarget(effect.target());
    String key = StoredLiveTables.stored(LiveTables.key(List.copyOf(effect.key().values())));
    Optional<Map<String, Object>> now =
        Sql.first(
            connection,
            row -> RowJson.read(row.getString(1)),
            """
            SELECT CONTENT FROM MR_LIVE_ROW
            WHERE TENANT_ID = ? AND TABLE_NAME = ? AND ROW_KEY = ? FOR UPDATE
            """,
            name.tenant(),
            name.table(),
            key);
    if (!same(now, effect.after()) && policy != ConflictPolicy.FORCE) {
      String reason =
          "live table %s %s: expected %s, found %s"
              .formatted(effect.target(), effect.key(), shown(effect.after()), shown(now));
      return policy == ConflictPolicy.FAIL
          ? new UndoOutcome.Conflict(reason)
          : new UndoOutcome.Skipped(reason);
    }
    put(connection, name, key, now.isPresent(), effect.before());
    return new UndoOutcome.Undone(now, effect.before());
  }

  /** As they are stored: arrays of bytes are equal by what is in them. */
  private static boolean same(
      Optional<Map<String, Object>> one, Optional<Map<String, Object>> other) {
    return one.map(RowJson::write).equals(other.map(RowJson::write));
  }

  private static void put(
      Connection connection,
      LiveTables.Name name,
      String key,
      boolean there,
      Optional<Map<String, Object>> row)
      throws SQLException {
    if (row.isPresent()) {
      Sql.update(
          connection,
          there ? StoredLiveTables.UPDATE : StoredLiveTables.INSERT,
          RowJson.write(row.get()),
          name.tenant(),
          name.table(),
          key);
    } else if (there) {
      Sql.update(connection, StoredLiveTables.DELETE, name.tenant(), name.table(), key);
    }
  }

  private static String shown(Optional<Map<String, Object>> row) {
    return row.map(Map::toString).orElse("no row");
  }
}
