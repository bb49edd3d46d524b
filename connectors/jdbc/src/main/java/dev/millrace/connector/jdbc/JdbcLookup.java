// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.LookupCache;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a table for rows by key. Single-threaded. A connection of a pool is given back after each
 * question; one of our own is kept.
 */
final class JdbcLookup implements RowLookup {
  private final JdbcSource source;
  private final TableBinding binding;
  private final List<TableColumn> keyColumns;
  private final String sql;
  private final SourceContext context;
  private final LookupCache<RowKey> cache;
  private Connection kept;

  JdbcLookup(JdbcSource source, TableBinding binding, int[] keyPositions, SourceContext context) {
    this.source = source;
    this.binding = binding;
    this.context = context;
    keyColumns = new ArrayList<>(keyPositions.length);
    for (int position : keyPositions) {
      keyColumns.add(binding.columns().get(position));
    }
    sql = binding.select() + " WHERE " + binding.table().keyCondition(keyColumns);
    cache =
        source
            .caching()
            .map(settings -> new LookupCache<RowKey>(settings, System::nanoTime))
            .orElse(null);
  }

  @Override
  public List<Object[]> lookup(RowBatch keys, int row) throws SQLException {
    Object[] key = new Object[keyColumns.size()];
    try {
      for (int i = 0; i < key.length; i++) {
        key[i] = keyColumns.get(i).kind().accept(RowValues.get(keys, row, i));
      }
    } catch (ArithmeticException e) {
      // The column cannot hold such a number, so no row has it.
      return List.of();
    }
    if (cache == null) {
      return ask(key);
    }
    RowKey cached = RowKey.of(keyColumns, key);
    List<Object[]> rows = cache.get(cached);
    if (rows == null) {
      rows = ask(key);
      cache.put(cached, rows);
    }
    return rows;
  }

  private List<Object[]> ask(Object[] key) throws SQLException {
    for (int attempt = 0; ; attempt++) {
      try {
        return select(key);
      } catch (SQLException e) {
        close();
        if (attempt == source.maxRetries() || JdbcErrors.blamesRow(e)) {
          throw JdbcErrors.failed("looking up in", binding.table().path(), e);
        }
      }
    }
  }

  private List<Object[]> select(Object[] key) throws SQLException {
    if (!source.address().isPooled()) {
      if (kept == null) {
        kept = source.address().open(context.services());
      }
      return select(kept, key);
    }
    try (Connection connection = source.address().open(context.services())) {
      return select(connection, key);
    }
  }

  private List<Object[]> select(Connection connection, Object[] key) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < key.length; i++) {
        keyColumns.get(i).kind().write(select, i + 1, key[i]);
      }
      List<Object[]> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          add(found, binding.read(rows));
        }
      }
      return List.copyOf(found);
    }
  }

  private void add(List<Object[]> found, Object[] values) {
    try {
      binding.declare(values);
      found.add(values);
    } catch (MillraceException e) {
      context.deadLetter(binding.toString(values), binding.table().path(), e);
    }
  }

  @Override
  public void close() throws SQLException {
    Connection closing = kept;
    kept = null;
    if (closing != null) {
      closing.close();
    }
  }
}
