// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;

/** Casts to and from CHAR and VARCHAR. */
final class TextCasts {
  private TextCasts() {}

  static Value toText(Value value, DataType type, Emitter to) {
    String text = fitted(printed(value, to), value.type(), type);
    if (text.equals(value.word())) {
      return value.as(type);
    }
    boolean never = value.neverNull();
    return to.local(
        type,
        never ? text : value.isNull() + " ? null : " + text,
        never ? Value.NEVER : Value.ALWAYS);
  }

  private static String fitted(String text, DataType from, DataType type) {
    boolean pad = type.root() == TypeRoot.CHAR;
    boolean fits = from.root().isCharacter() && from.precision() <= type.precision();
    boolean unbounded = type.precision() == DataType.MAX_LENGTH;
    return unbounded || (fits && !pad)
        ? text
        : "Strings.fit(" + text + ", " + type.precision() + ", " + pad + ")";
  }

  private static String printed(Value value, Emitter to) {
    DataType type = value.type();
    String word = value.word();
    return switch (type.root()) {
      case CHAR, VARCHAR -> word;
      case BOOLEAN -> "Printing.ofBoolean(" + word + ")";
      case TINYINT, SMALLINT, INTEGER, BIGINT -> "Printing.ofLong(" + word + ")";
      case FLOAT -> "Printing.ofFloat(" + word + ")";
      case DOUBLE -> "Printing.ofDouble(" + word + ")";
      case DECIMAL -> "Printing.ofDecimal(" + Operand.of(value).arguments() + ")";
      case DATE -> "Printing.ofDate(" + word + ")";
      case TIME -> "Printing.ofTime(" + word + ", " + type.precision() + ")";
      case TIMESTAMP -> "Printing.ofTimestamp(" + word + ", " + type.precision() + ")";
      case TIMESTAMP_LTZ ->
          "Printing.ofTimestamp(%s.toLocal(%s), %d)"
              .formatted(to.kernel().zone(), word, type.precision());
      case BINARY, VARBINARY -> "Encodings.utf8(" + word + ")";
      case INTERVAL_YEAR_MONTH -> "Printing.ofMonths(" + word + ")";
      case INTERVAL_DAY_TIME -> "Printing.ofMillis(" + word + ")";
      case MAP -> MapCasts.print(value, to).word();
      case NULL -> "null";
    };
  }

  static Value fromText(Value text, DataType type, boolean lenient, Emitter to) {
    return switch (type.root()) {
      case DECIMAL -> toDecimal(text, type, lenient, to);
      case BINARY, VARBINARY -> toBytes(text, type, to);
      default -> toWord(text, type, lenient, to);
    };
  }

  private static Value toBytes(Value text, DataType type, Emitter to) {
    boolean pad = type.root() == TypeRoot.BINARY;
    String bytes =
        "Encodings.fit(Encodings.utf8(%s), %d, %s)".formatted(text.word(), type.precision(), pad);
    boolean never = text.neverNull();
    return to.local(
        type,
        never ? bytes : text.isNull() + " ? null : " + bytes,
        never ? Value.NEVER : Value.ALWAYS);
  }

  private static Value toWord(Value text, DataType type, boolean lenient, Emitter to) {
    String none = type.root() == TypeRoot.DOUBLE ? "Parsing.NO_DOUBLE" : "Words.NULL";
    String call = parser(text, type);
    String guarded = text.neverNull() ? call : text.isNull() + " ? " + none + " : " + call;
    String word = to.fresh("t");
    to.line("final long " + word + " = " + guarded + ";");
    String wrong = word + " == " + none;
    if (type.root() == TypeRoot.BIGINT) {
      String smallest = "Parsing.isSmallestLong(" + text.word() + ")";
      wrong += " && " + (text.neverNull() ? "" : "(" + text.isNull() + " || ") + "!" + smallest;
      wrong += text.neverNull() ? "" : ")";
    }
    String isNull = to.fresh("n");
    to.line("final boolean " + isNull + " = " + wrong + ";");
    String converted =
        switch (type.root()) {
          case TIMESTAMP_LTZ -> to.kernel().zone() + ".toInstant(" + word + ")";
          default -> JavaType.of(type).fromCell(word);
        };
    if (!lenient) {
      fail(isNull, text, type, to);
      return to.local(
          type, guard(isNull, converted, type), text.neverNull() ? Value.NEVER : isNull);
    }
    return to.local(type, guard(isNull, converted, type), isNull);
  }

  private static String guard(String isNull, String converted, DataType type) {
    return isNull + " ? " + JavaType.of(type).zero() + " : " + converted;
  }

  /** Throws where a text that is not NULL gave no value. */
  private static void fail(String isNull, Value text, DataType type, Emitter to) {
    String condition = text.neverNull() ? isNull : isNull + " && !" + text.isNull();
    String name = to.kernel().constant(type.withNullable(true).toString(), "String");
    to.line("if (" + condition + ") {");
    to.line("  throw FunctionErrors.notCast(" + text.word() + ", " + name + ");");
    to.line("}");
  }

  private static String parser(Value value, DataType type) {
    String text = value.word();
    return switch (type.root()) {
      case BOOLEAN -> "Parsing.toBoolean(" + text + ")";
      case TINYINT -> "Parsing.toByte(" + text + ")";
      case SMALLINT -> "Parsing.toShort(" + text + ")";
      case INTEGER -> "Parsing.toInt(" + text + ")";
      case BIGINT -> "Parsing.toLong(" + text + ")";
      case FLOAT -> "Parsing.toFloatBits(" + text + ")";
      case DOUBLE -> "Parsing.toDoubleBits(" + text + ")";
      case DATE -> "TimeParsing.toDate(" + text + ")";
      case TIME -> "TimeParsing.toTime(" + text + ", " + type.precision() + ")";
      case TIMESTAMP, TIMESTAMP_LTZ ->
          "TimeParsing.toTimestamp(" + text + ", " + type.precision() + ")";
      default -> throw CodegenErrors.castNotSupported(value.type(), type);
    };
  }

  private static Value toDecimal(Value text, DataType type, boolean lenient, Emitter to) {
    Value result = to.declare(type);
    to.open("if (" + (text.neverNull() ? "true" : "!" + text.isNull()) + ")");
    String arguments = "(" + text.word() + ", " + type.precision() + ", " + type.scale() + ")";
    to.line(result.word() + " = Parsing.toDecimalWord" + arguments + ";");
    to.line(result.isNull() + " = false;");
    to.open("if (" + result.word() + " == Decimals.BEYOND)");
    String big = to.fresh("d");
    to.line("final BigDecimal " + big + " = Parsing.toDecimal" + arguments + ";");
    to.line(result.word() + " = Decimals.word(" + big + ");");
    if (result.mayBeWide()) {
      to.line(result.wide() + " = Decimals.wide(" + big + ");");
    }
    to.line(result.isNull() + " = " + big + " == null;");
    if (!lenient) {
      fail(result.isNull(), text, type, to);
    }
    to.close();
    to.close();
    boolean never = text.neverNull() && !lenient;
    return never ? new Value(type, result.word(), result.wide(), Value.NEVER) : result;
  }
}
