// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.type.RowType;
import dev.millrace.sql.type.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** Columns for an expression to refer to while its table is being declared; never read. */
public final class ShapeOnlyTable extends AbstractTable {
  private final RowType shape;

  public ShapeOnlyTable(RowType shape) {
    this.shape = shape;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return Types.toRel(shape, typeFactory);
  }
}
