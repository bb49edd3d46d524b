// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.Column;
import java.util.Optional;

/**
 * A column of a declared table.
 *
 * @param computation over the table's physical and metadata columns, if it is computed
 * @param metadataKey if it is metadata
 * @param virtual metadata that is read only
 */
public record DeclaredColumn(
    Column column,
    Optional<Expression> computation,
    Optional<String> metadataKey,
    boolean virtual) {
  public static DeclaredColumn physical(Column column) {
    return new DeclaredColumn(column, Optional.empty(), Optional.empty(), false);
  }

  public static DeclaredColumn metadata(Column column, String key, boolean virtual) {
    return new DeclaredColumn(column, Optional.empty(), Optional.of(key), virtual);
  }

  public static DeclaredColumn computed(String name, Expression computation) {
    return new DeclaredColumn(
        new Column(name, computation.type()), Optional.of(computation), Optional.empty(), true);
  }

  boolean isComputed() {
    return computation.isPresent();
  }
}
