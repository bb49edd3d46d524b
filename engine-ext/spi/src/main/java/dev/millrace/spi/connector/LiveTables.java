// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A {@link Services service}: keyed tables that the host keeps in the engine's database and that
 * scripts maintain. Values are of the classes named at {@link dev.millrace.spi.row.RowValues}.
 * Thread-safe.
 */
public interface LiveTables {
  /**
   * @param tenant whose table it is; empty without one
   */
  record Name(String tenant, String table) {}

  /**
   * What becomes of the row with a key.
   *
   * @param row by column name, the key's columns too; empty if it goes
   */
  record Change(String key, Optional<Map<String, Object>> row) {}

  /** Rows being read. Single-threaded. */
  interface Rows extends AutoCloseable {
    /** The next row by column name; null behind the last. */
    Map<String, Object> next() throws SQLException;

    @Override
    void close() throws SQLException;
  }

  /**
   * Writes and journals changes in the open transaction.
   *
   * @param keyColumns in their order
   * @param changes one a key
   * @throws CommitAgainException if another transaction was faster with one of the keys
   */
  void write(SinkTransaction transaction, Name name, List<String> keyColumns, List<Change> changes)
      throws SQLException;

  /** The committed row with a key. */
  Optional<Map<String, Object>> find(Name name, String key) throws SQLException;

  /** All rows that are committed now, in the order of their keys. */
  Rows scan(Name name) throws SQLException;

  /**
   * A key as text: equal for equal values, whatever the width of a number.
   *
   * @param values of the key's columns, in their order; none is null
   */
  static String key(List<?> values) {
    return values.size() == 1
        ? part(values.get(0))
        : values.stream()
            .map(value -> part(value).replace("\\", "\\\\").replace("|", "\\|"))
            .collect(Collectors.joining("|"));
  }

  private static String part(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.stripTrailingZeros().toPlainString()
        : value.toString();
  }
}
