// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** For which keys process instances were started, so that none is started twice. Thread-safe. */
public final class Starts {
  private static final int KEYS_PER_QUERY = 500;

  private final StoreClock clock;

  Starts(StoreClock clock) {
    this.clock = clock;
  }

  /**
   * Where a key is unique.
   *
   * @param tenant empty without one
   * @param kind of key, at most 16 characters
   */
  public record Scope(String definitionKey, String tenant, String kind) {}

  /** Those of the keys that are known. */
  public Set<String> known(Connection connection, Scope scope, Collection<String> keys)
      throws SQLException {
    Set<String> known = new HashSet<>();
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += KEYS_PER_QUERY) {
      List<String> some = all.subList(from, Math.min(all.size(), from + KEYS_PER_QUERY));
      Object[] parameters = new Object[some.size() + 3];
      parameters[0] = scope.definitionKey();
      parameters[1] = scope.tenant();
      parameters[2] = scope.kind();
      for (int i = 0; i < some.size(); i++) {
        parameters[i + 3] = some.get(i);
      }
      known.addAll(
          Sql.list(
              connection,
              row -> row.getString(1),
              """
              SELECT UNIQUE_KEY FROM MR_STARTED
              WHERE DEFINITION_KEY = ? AND TENANT_ID = ? AND KIND = ? AND UNIQUE_KEY IN (%s)
              """
                  .formatted(Sql.marks(some.size())),
              parameters));
    }
    return known;
  }

  /**
   * Remembers instances by key. Waits for another transaction that is adding one of them.
   *
   * @throws SQLException of state 23505 if that one commits: roll back, and ask {@link #known}
   */
  public void add(Connection connection, Scope scope, Map<String, String> instancesByKey)
      throws SQLException {
    String sql =
        """
        INSERT INTO MR_STARTED (DEFINITION_KEY, TENANT_ID, KIND, UNIQUE_KEY, PROC_INST_ID,
          CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    Instant now = clock.now(connection);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<String, String> each : instancesByKey.entrySet()) {
        Columns.bind(
            insert,
            scope.definitionKey(),
            scope.tenant(),
            scope.kind(),
            each.getKey(),
            each.getValue(),
            now);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
