// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A service of the host: for which keys processes were started before. Thread-safe. */
public interface StartedKeys {
  /**
   * Where a key is unique.
   *
   * @param kind of key: business keys and positions do not meet
   */
  record Scope(String definitionKey, Optional<String> tenant, Uniqueness kind) {}

  /** Those of the keys for which an instance was started, by anybody, and is not yet forgotten. */
  Set<String> known(Connection connection, Scope scope, Collection<String> keys)
      throws SQLException;

  /**
   * Remembers instances started in this transaction, by key.
   *
   * @throws dev.millrace.spi.connector.CommitAgainException if another transaction was faster with
   *     one of them
   */
  void add(Connection connection, Scope scope, Map<String, String> instancesByKey)
      throws SQLException;
}
