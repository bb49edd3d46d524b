// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.utils.LogicalTypeDefaultVisitor;

/**
 * Turns the event time attribute {@code TIMESTAMP(3) *ROWTIME*} into a plain {@code TIMESTAMP(3)}.
 */
final class WithoutTimeAttribute extends LogicalTypeDefaultVisitor<LogicalType> {
  @Override
  public LogicalType visit(TimestampType type) {
    return new TimestampType(type.isNullable(), type.getPrecision());
  }

  @Override
  public LogicalType visit(LocalZonedTimestampType type) {
    return new LocalZonedTimestampType(type.isNullable(), type.getPrecision());
  }

  @Override
  protected LogicalType defaultMethod(LogicalType type) {
    return type;
  }
}
