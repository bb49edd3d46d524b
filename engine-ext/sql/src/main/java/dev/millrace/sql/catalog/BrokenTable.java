// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.sql.script.AlreadyReported;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** Stands for a declaration that failed, so that its name being unknown is no second error. */
public final class BrokenTable extends AbstractTable {
  private final String name;

  public BrokenTable(String name) {
    this.name = name;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    throw new AlreadyReported(name);
  }
}
