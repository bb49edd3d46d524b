// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.spi.type.DataType;

/** FIRST_VALUE and LAST_VALUE of rows that are never taken back. */
final class EdgeCode implements AggregateCode {
  private final boolean last;
  private final KeptValue kept;

  EdgeCode(boolean last, DataType type, RecordLayout layout) {
    this.last = last;
    kept = new KeptValue(type, layout);
  }

  private String keep(String v, String x) {
    String condition = last ? "true" : kept.isAbsent("w");
    return "    if (%s) {\n%s    }\n".formatted(condition, kept.keep(v, x));
  }

  @Override
  public String add() {
    return keep("v", "x");
  }

  @Override
  public String subtract() {
    throw new IllegalStateException("rows are never taken back");
  }

  /** What is merged came later. */
  @Override
  public String merge() {
    return "    if (!(%s)) {\n%s    }\n"
        .formatted(kept.isAbsentFrom(), keep(kept.wordFrom(), kept.refFrom()).indent(2));
  }

  @Override
  public String result(ResultCell cell) {
    return kept.result(cell);
  }
}
