// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds a table in the database's metadata, as spelled or else in any case: {@code orders} is
 * {@code ORDERS} on H2 and {@code orders} on PostgreSQL.
 */
final class TableResolver {
  private static final int MAX_DIGITS_OF_A_FIXED_SCALE = 1_000;

  private final Connection connection;
  private final DatabaseMetaData metaData;
  private final Dialect dialect;

  private record Found(String catalog, String schema, String name) {
    String path() {
      return schema == null ? name : schema + "." + name;
    }
  }

  private TableResolver(Connection connection) throws SQLException {
    this.connection = connection;
    metaData = connection.getMetaData();
    dialect = Dialect.of(connection);
  }

  /**
   * @param name {@code table} of the connection's schema, or {@code schema.table}
   * @throws dev.millrace.spi.error.MillraceException category SQL, if there is no such table, with
   *     what there is
   */
  static DatabaseTable resolve(Connection connection, String name) throws SQLException {
    return new TableResolver(connection).resolve(name);
  }

  private DatabaseTable resolve(String name) throws SQLException {
    int dot = name.indexOf('.');
    String schema = dot < 0 ? connection.getSchema() : name.substring(0, dot);
    Found found = choose(name, name.substring(dot + 1), tables(schema, dot >= 0));
    if (found.path().chars().filter(c -> c == '.').count() > 1) {
      throw JdbcErrors.dotInName(found.path());
    }
    List<String> primaryKey = primaryKey(found);
    return new DatabaseTable(
        dialect,
        found.path(),
        metaData.getIdentifierQuoteString().strip(),
        columns(found),
        primaryKey,
        uniqueKeys(found, primaryKey));
  }

  private static Found choose(String asked, String table, List<Found> tables) {
    List<Found> exact = tables.stream().filter(found -> found.name().equals(table)).toList();
    if (exact.size() == 1) {
      return exact.get(0);
    }
    List<Found> alike =
        tables.stream().filter(found -> found.name().equalsIgnoreCase(table)).toList();
    if (alike.size() != 1) {
      throw JdbcErrors.tableNotFound(
          asked, (alike.isEmpty() ? tables : alike).stream().map(Found::path).toList());
    }
    return alike.get(0);
  }

  private List<Found> tables(String schema, boolean anyCase) throws SQLException {
    String pattern = anyCase ? null : schema;
    List<Found> tables = new ArrayList<>();
    try (ResultSet rows = metaData.getTables(connection.getCatalog(), pattern, "%", null)) {
      while (rows.next()) {
        String found = rows.getString("TABLE_SCHEM");
        String type = rows.getString("TABLE_TYPE");
        boolean readable = type != null && (type.contains("TABLE") || type.contains("VIEW"));
        if (readable && (schema == null || schema.equalsIgnoreCase(found))) {
          tables.add(new Found(rows.getString("TABLE_CAT"), found, rows.getString("TABLE_NAME")));
        }
      }
    }
    return tables;
  }

  private List<TableColumn> columns(Found table) throws SQLException {
    Map<Integer, TableColumn> byPosition = new TreeMap<>();
    try (ResultSet rows = metaData.getColumns(table.catalog(), table.schema(), table.name(), "%")) {
      while (rows.next()) {
        // The arguments above are patterns: '_' in a name matches any character.
        if (table.name().equals(rows.getString("TABLE_NAME"))) {
          byPosition.put(rows.getInt("ORDINAL_POSITION"), column(rows));
        }
      }
    }
    return List.copyOf(byPosition.values());
  }

  private TableColumn column(ResultSet row) throws SQLException {
    int jdbcType = row.getInt("DATA_TYPE");
    String typeName = row.getString("TYPE_NAME");
    Kind kind = Kind.of(dialect, jdbcType, typeName);
    int size = row.getInt("COLUMN_SIZE");
    boolean fixedScale = kind == Kind.DECIMAL && size > 0 && size <= MAX_DIGITS_OF_A_FIXED_SCALE;
    return new TableColumn(
        row.getString("COLUMN_NAME"),
        kind,
        typeName,
        fixedScale ? row.getInt("DECIMAL_DIGITS") : -1,
        jdbcType == Types.CHAR,
        "YES".equals(row.getString("IS_GENERATEDCOLUMN")));
  }

  private List<String> primaryKey(Found table) throws SQLException {
    Map<Integer, String> byPosition = new TreeMap<>();
    try (ResultSet rows = metaData.getPrimaryKeys(table.catalog(), table.schema(), table.name())) {
      while (rows.next()) {
        byPosition.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(byPosition.values());
  }

  private List<Set<String>> uniqueKeys(Found table, List<String> primaryKey) throws SQLException {
    Map<String, Set<String>> byIndex = new LinkedHashMap<>();
    if (!primaryKey.isEmpty()) {
      byIndex.put("", new LinkedHashSet<>(primaryKey));
    }
    try (ResultSet rows =
        metaData.getIndexInfo(table.catalog(), table.schema(), table.name(), true, true)) {
      while (rows.next()) {
        String column = rows.getString("COLUMN_NAME");
        boolean whole = rows.getString("FILTER_CONDITION") == null;
        if (column != null && whole) {
          byIndex
              .computeIfAbsent(rows.getString("INDEX_NAME"), index -> new LinkedHashSet<>())
              .add(unquoted(column));
        }
      }
    }
    Collection<Set<String>> keys = byIndex.values();
    return keys.stream().map(Set::copyOf).toList();
  }

  /** PostgreSQL's driver quotes names here that need it. */
  private static String unquoted(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
  }
}
