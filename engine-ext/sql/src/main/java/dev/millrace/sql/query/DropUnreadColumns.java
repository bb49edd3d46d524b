// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Calcite's trimmer. A lookup join keeps all its columns: its table is asked for whole rows, and
 * holds no state.
 */
public final class DropUnreadColumns extends RelFieldTrimmer {
  DropUnreadColumns(RelBuilder builder) {
    super(null, builder);
  }

  @Override
  public TrimResult trimFields(
      LogicalCorrelate lookup, ImmutableBitSet read, Set<RelDataTypeField> extra) {
    return trimFields((RelNode) lookup, read, extra);
  }
}
