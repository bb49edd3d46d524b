// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.error.Location;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import java.util.Optional;

/**
 * A column of a declared table.
 *
 * @param computation over the table's physical and metadata columns, if it is computed
 * @param metadata if it is metadata
 * @param virtual metadata that is read only
 */
public record DeclaredColumn(
    Column column, Optional<Expression> computation, Optional<Metadata> metadata, boolean virtual) {
  /**
   * What the connector knows of a row beside its columns.
   *
   * @param key as written
   * @param type of the value the connector gives and takes
   * @param conversion from the connector's type to the column's, over the table's columns as the
   *     connector gives them
   * @param writable whether the connector takes it, too
   * @param at where the column's name stands
   */
  public record Metadata(
      String key, DataType type, Expression conversion, boolean writable, Location at) {}

  public static DeclaredColumn physical(Column column) {
    return new DeclaredColumn(column, Optional.empty(), Optional.empty(), false);
  }

  public static DeclaredColumn metadata(Column column, Metadata metadata, boolean virtual) {
    return new DeclaredColumn(column, Optional.empty(), Optional.of(metadata), virtual);
  }

  public static DeclaredColumn computed(String name, Expression computation) {
    return new DeclaredColumn(
        new Column(name, computation.type()), Optional.of(computation), Optional.empty(), true);
  }

  /** As the connector sees it. */
  Column connectorColumn() {
    return new Column(column.name(), metadata.map(Metadata::type).orElse(column.type()));
  }

  boolean isComputed() {
    return computation.isPresent();
  }
}
