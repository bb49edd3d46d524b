// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table as the database has it.
 *
 * @param path {@code PUBLIC.STOCK}, in the database's spelling, without quotes
 * @param quote the database's quotation mark for names
 * @param primaryKey its columns; empty without one
 * @param uniqueKeys sets of columns that identify a row, the primary key among them
 */
record DatabaseTable(
    Dialect dialect,
    String path,
    String quote,
    List<TableColumn> columns,
    List<String> primaryKey,
    List<Set<String>> uniqueKeys) {

  String quoted(String name) {
    return quote + name.replace(quote, quote + quote) + quote;
  }

  /** The path as SQL. */
  String quotedPath() {
    return List.of(path.split("\\.")).stream().map(this::quoted).collect(Collectors.joining("."));
  }

  /** The column of that name, exactly spelled or else in any case. */
  Optional<TableColumn> find(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .or(() -> findInAnyCase(name));
  }

  private Optional<TableColumn> findInAnyCase(String name) {
    List<TableColumn> alike =
        columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  /**
   * The column a journal or a resolved table speaks of.
   *
   * @throws IllegalStateException if it is gone
   */
  TableColumn column(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException("no column " + name + " in " + path));
  }

  /** Whether these columns' values identify a row. */
  boolean isUnique(Set<String> names) {
    return uniqueKeys.stream().anyMatch(names::containsAll);
  }

  /** {@code SELECT} of all columns in order. */
  String selectAll() {
    return "SELECT " + list(columns) + " FROM " + quotedPath();
  }

  /** Quoted names, separated by commas. */
  String list(List<TableColumn> some) {
    return some.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
  }

  /** {@code "A" = ? AND "B" = ?}. */
  String keyCondition(List<TableColumn> key) {
    return key.stream()
        .map(column -> quoted(column.name()) + " = ?")
        .collect(Collectors.joining(" AND "));
  }
}
