// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.spi.type.DataType;

/** SINGLE_VALUE: the value of the only row, NULL included; a second row is an error. */
final class SingleCode implements AggregateCode {
  private final int rows;
  private final KeptValue kept;

  SingleCode(DataType type, RecordLayout layout) {
    rows = layout.word();
    kept = new KeptValue(type, layout);
  }

  @Override
  public boolean takesNulls() {
    return true;
  }

  private String guard(String condition) {
    return "    if (%s) {\n      throw StateErrors.moreThanOneValue();\n    }\n"
        .formatted(condition);
  }

  @Override
  public String add() {
    String taken = "words[w + " + rows + "]";
    return guard(taken + " > 0L")
        + "    %s++;\n    if (!none) {\n%s    }\n".formatted(taken, kept.keep("v", "x"));
  }

  @Override
  public String subtract() {
    return "    words[w + %d]--;\n%s".formatted(rows, kept.forget());
  }

  @Override
  public String merge() {
    String taken = "words[w + " + rows + "]";
    return guard("%s + fromWords[fw + %d] > 1L".formatted(taken, rows))
        + "    %s += fromWords[fw + %d];\n    if (!(%s)) {\n%s    }\n"
            .formatted(
                taken, rows, kept.isAbsentFrom(), kept.keep(kept.wordFrom(), kept.refFrom()));
  }

  @Override
  public String result(ResultCell cell) {
    return kept.result(cell);
  }
}
