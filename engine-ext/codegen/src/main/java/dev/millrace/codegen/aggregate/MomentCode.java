// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.spi.type.DataType;

/** Variances and standard deviations, after Welford as in Flink. */
final class MomentCode implements AggregateCode {
  private static final int WORDS = 3;

  private final AggregateFunction function;
  private final Argument argument;
  private final DataType type;
  private final int at;

  MomentCode(AggregateFunction function, Argument argument, DataType type, RecordLayout layout) {
    this.function = function;
    this.argument = argument;
    this.type = type;
    at = layout.words(WORDS);
  }

  @Override
  public String add() {
    return "    addMoment(w + %d, %s);\n".formatted(at, argument.asDouble());
  }

  @Override
  public String subtract() {
    return "    subtractMoment(w + %d, %s);\n".formatted(at, argument.asDouble());
  }

  @Override
  public String merge() {
    return "    mergeMoments(w + %1$d, fromWords, fw + %1$d);\n".formatted(at);
  }

  @Override
  public String result(ResultCell cell) {
    boolean sample =
        function == AggregateFunction.VAR_SAMP || function == AggregateFunction.STDDEV_SAMP;
    boolean root =
        function == AggregateFunction.STDDEV_POP || function == AggregateFunction.STDDEV_SAMP;
    String count = "words[w + " + at + "]";
    String variance = "moment(w + %d) / %s".formatted(at, sample ? "(" + count + " - 1L)" : count);
    String value = root ? "Math.sqrt(Math.max(0.0, " + variance + "))" : variance;
    String isNull = count + (sample ? " <= 1L" : " == 0L");
    return switch (type.root()) {
      case FLOAT -> cell.word(isNull, "Float.floatToRawIntBits((float) (" + value + "))");
      case DOUBLE -> cell.word(isNull, "Double.doubleToRawLongBits(" + value + ")");
      case DECIMAL -> decimal(cell, isNull, value);
      default -> cell.word(isNull, "(long) (" + value + ")");
    };
  }

  private String decimal(ResultCell cell, String isNull, String value) {
    String local =
        "    final BigDecimal d = %s ? null : Decimals.fromDouble(%s, %d, %d);\n"
            .formatted(isNull, value, type.precision(), type.scale());
    return local + cell.value("d == null", "Decimals.word(d)", "Decimals.wide(d)");
  }
}
