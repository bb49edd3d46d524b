// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.LookupCache;
import dev.millrace.spi.connector.LookupTable;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.type.RowType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table of a database, to be read once or asked by key.
 *
 * @param read positions in the schema of the columns a scan yields
 * @param bounds null to read all rows
 */
record JdbcSource(
    Address address,
    String tableName,
    RowType schema,
    List<Integer> read,
    int fetchSize,
    boolean autoCommit,
    ScanBounds bounds,
    Optional<LookupCache.Settings> caching,
    int maxRetries)
    implements LookupTable, ProjectableSource {

  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public boolean blocks() {
    return true;
  }

  /** H2 closes its file for good when a thread is interrupted while it reads it. */
  @Override
  public boolean interruptible() {
    return false;
  }

  @Override
  public Optional<TableSource> project(int[] columns) {
    return Optional.of(
        new JdbcSource(
            address,
            tableName,
            schema,
            Arrays.stream(columns).mapToObj(read::get).toList(),
            fetchSize,
            autoCommit,
            bounds,
            caching,
            maxRetries));
  }

  @Override
  public RowSource open(SourceContext context) throws SQLException {
    return JdbcScan.open(this, context);
  }

  @Override
  public RowLookup openLookup(int[] keyColumns, SourceContext context) throws SQLException {
    try (Connection connection = address.open(context.services())) {
      TableBinding binding = TableBinding.bind(connection, tableName, schema);
      return new JdbcLookup(this, binding, keyColumns, context);
    }
  }
}
