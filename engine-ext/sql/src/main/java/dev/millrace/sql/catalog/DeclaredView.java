// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A view: its query, validated where it was declared, stands in for its name. */
public final class DeclaredView extends AbstractTable implements TranslatableTable {
  private final RelNode query;

  public DeclaredView(RelNode query) {
    this.query = query;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return query.getRowType();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    return query;
  }
}
