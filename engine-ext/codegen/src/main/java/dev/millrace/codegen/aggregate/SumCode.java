// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.Storage;
import dev.millrace.spi.type.TypeRoot;

/**
 * SUM, SUM0 and AVG. Integers wrap around as in Java; a decimal is exact, and NULL where it has
 * more digits than its type; FLOAT is summed as FLOAT, but for AVG as DOUBLE.
 */
final class SumCode implements AggregateCode {
  /** What becomes of the total. */
  enum Kind {
    SUM,
    SUM0,
    AVG
  }

  private static final int LARGEST_COMPACT = 18;

  private final Kind kind;
  private final Argument argument;
  private final DataType type;
  private final int total;
  private final int wide;
  private final int count;

  SumCode(Kind kind, Argument argument, DataType type, RecordLayout layout) {
    this.kind = kind;
    this.argument = argument;
    this.type = type;
    total = layout.word();
    wide = isDecimal() ? layout.ref(RefCode.DECIMAL) : -1;
    count = argument.always() || kind == Kind.SUM0 ? 0 : layout.word();
  }

  private boolean isDecimal() {
    return argument.root() == TypeRoot.DECIMAL || type.root() == TypeRoot.DECIMAL;
  }

  private int scale() {
    return argument.type().scale();
  }

  @Override
  public String add() {
    return total("+", "add") + counted("++");
  }

  @Override
  public String subtract() {
    return total("-", "subtract") + counted("--");
  }

  private String counted(String operator) {
    return count == 0 ? "" : "    words[w + %d]%s;\n".formatted(count, operator);
  }

  private String total(String operator, String verb) {
    if (isDecimal()) {
      return "    %sDecimal(w + %d, r + %d, v, x, %d);\n".formatted(verb, total, wide, scale());
    }
    if (argument.root().isApproximate()) {
      return "    " + approximate(operator, argument.asDouble()) + ";\n";
    }
    return "    words[w + %d] %s= v;\n".formatted(total, operator);
  }

  private boolean isFloatSum() {
    return argument.root() == TypeRoot.FLOAT && kind != Kind.AVG;
  }

  private String approximate(String operator, String value) {
    String sum = totalAsDouble() + " " + operator + " " + value;
    return isFloatSum()
        ? "words[w + %d] = Float.floatToRawIntBits((float) (%s))".formatted(total, sum)
        : "words[w + %d] = Double.doubleToRawLongBits(%s)".formatted(total, sum);
  }

  private String totalAsDouble() {
    return totalAsDouble("words[w + " + total + "]");
  }

  private String totalAsDouble(String word) {
    return isFloatSum()
        ? "Float.intBitsToFloat((int) " + word + ")"
        : "Double.longBitsToDouble(" + word + ")";
  }

  @Override
  public String merge() {
    String from = "fromWords[fw + " + total + "]";
    String counted =
        count == 0 ? "" : "    words[w + %1$d] += fromWords[fw + %1$d];\n".formatted(count);
    if (isDecimal()) {
      return "    addDecimal(w + %1$d, r + %2$d, %3$s, fromRefs[fr + %2$d], %4$d);\n"
              .formatted(total, wide, from, scale())
          + counted;
    }
    if (argument.root().isApproximate()) {
      return "    " + approximate("+", totalAsDouble(from)) + ";\n" + counted;
    }
    return "    words[w + %d] += %s;\n".formatted(total, from) + counted;
  }

  @Override
  public String result(ResultCell cell) {
    if (isDecimal()) {
      return kind == Kind.AVG ? decimalAverage(cell) : decimalSum(cell);
    }
    String sum = "words[w + " + total + "]";
    String value =
        argument.root().isApproximate()
            ? narrowed(kind == Kind.AVG ? totalAsDouble() + " / " + counts() : totalAsDouble())
            : narrowed(kind == Kind.AVG ? sum + " / " + counts() : sum);
    return count == 0 ? cell.word(value) : cell.word(isEmpty(), value);
  }

  private String counts() {
    return "words[w + " + count + "]";
  }

  private String isEmpty() {
    return counts() + " == 0L";
  }

  private String narrowed(String value) {
    return switch (type.root()) {
      case TINYINT -> "(byte) (" + value + ")";
      case SMALLINT -> "(short) (" + value + ")";
      case INTEGER -> "(int) (" + value + ")";
      case FLOAT -> "Float.floatToRawIntBits((float) (" + value + "))";
      case DOUBLE -> "Double.doubleToRawLongBits(" + value + ")";
      default -> "(long) (" + value + ")";
    };
  }

  private String decimalSum(ResultCell cell) {
    String word = "words[w + " + total + "]";
    String ref = "refs[r + " + wide + "]";
    String never = count == 0 ? "" : isEmpty() + " || ";
    if (scale() != type.scale()) {
      return decimal(cell, count == 0 ? "" : isEmpty() + " ? null : ", "rescale(" + operand());
    }
    String fits = "fits(w + %d, r + %d, %d)".formatted(total, wide, type.precision());
    return cell.value(never + "!" + fits, word, ref);
  }

  private String operand() {
    return "words[w + %d], (BigDecimal) refs[r + %d], %d".formatted(total, wide, scale());
  }

  private String decimalAverage(ResultCell cell) {
    String arguments = ", " + counts() + ", ";
    String beyond = "refs[r + " + wide + "] != null" + (count == 0 ? "" : " || " + isEmpty());
    String fast =
        "    final long q = %s ? Decimals.BEYOND : Decimals.divideWords(words[w + %d], %d%s0, %d, %d);\n"
            .formatted(beyond, total, scale(), arguments, type.precision(), type.scale());
    String never = count == 0 ? "" : isEmpty() + " ? null : ";
    String slow = decimal(cell, never, "divide(" + operand() + arguments + "null, 0");
    return fast
        + "    if (q != Decimals.BEYOND) {\n%s    } else {\n%s    }\n"
            .formatted(cell.value("false", "q", "null").indent(2), slow.indent(2));
  }

  /** Computes through a BigDecimal. */
  private String decimal(ResultCell cell, String never, String call) {
    String local =
        "    final BigDecimal d = %sDecimals.%s, %d, %d);\n"
            .formatted(never, call, type.precision(), type.scale());
    boolean compact = type.storage() == Storage.WORD || type.precision() <= LARGEST_COMPACT;
    return local
        + cell.value("d == null", "Decimals.word(d)", compact ? "null" : "Decimals.wide(d)");
  }
}
