// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.script.AlreadyReported;
import dev.millrace.sql.type.Types;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TemporalTable;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A declared table as the validator sees it. Its source and sink are made when first used, and then
 * are one object each, so that a table used twice is read once. Any table may stand in a lookup
 * join as far as the syntax goes.
 */
public final class DeclaredTable extends AbstractTable implements TemporalTable {
  private final Declaration declaration;
  private final Connectors connectors;
  private boolean usable = true;
  private TableSource source;
  private TableSink sink;

  public DeclaredTable(Declaration declaration, Connectors connectors) {
    this.declaration = declaration;
    this.connectors = connectors;
  }

  public Declaration declaration() {
    return declaration;
  }

  /** Its options are wrong, and that has been told: queries over it are validated, no more. */
  public void markUnusable() {
    usable = false;
  }

  private void requireUsable() {
    if (!usable) {
      throw new AlreadyReported(declaration.name());
    }
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return Types.toRel(declaration.rowType(), typeFactory);
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException if the connector refuses the table
   */
  public TableSource source() {
    requireUsable();
    if (source == null) {
      source = connectors.source(declaration);
    }
    return source;
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException if the connector refuses the table
   */
  public TableSink sink() {
    requireUsable();
    if (sink == null) {
      requireWritableMetadata();
      sink = connectors.sink(declaration);
    }
    return sink;
  }

  private void requireWritableMetadata() {
    for (DeclaredColumn column : declaration.writeColumns()) {
      column
          .metadata()
          .filter(metadata -> !metadata.writable())
          .ifPresent(
              metadata -> {
                throw SqlErrors.readOnlyMetadata(
                    metadata.at(), column.column().name(), metadata.key());
              });
    }
  }

  /** The table's rows, all columns, with its watermark. */
  public PlanNode read() {
    PlanNode node = new PlanNode.Scan(declaration.name(), source(), declaration.scanType());
    if (!declaration.scanType().equals(declaration.readType())) {
      node =
          new PlanNode.Calc(
              node, Optional.empty(), declaration.conversions(), declaration.readType());
    }
    if (declaration.computes()) {
      List<Expression> projections = declaration.projections();
      node = new PlanNode.Calc(node, Optional.empty(), projections, declaration.rowType());
    }
    if (declaration.watermark().isPresent()) {
      Declaration.EventTime time = declaration.watermark().get();
      node = new PlanNode.Watermark(node, time.column(), time.expression());
    }
    return source().changelogMode() == ChangelogMode.UPSERT
        ? new PlanNode.ChangelogNormalize(node, declaration.keyColumns())
        : node;
  }

  @Override
  public String getSysStartFieldName() {
    return "sys_start";
  }

  @Override
  public String getSysEndFieldName() {
    return "sys_end";
  }
}
