// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.runtime.function.Digest;
import dev.millrace.runtime.function.Like;
import dev.millrace.runtime.function.LikePattern;
import dev.millrace.runtime.function.Regex;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of strings and bytes. */
final class TextRules {
  private TextRules() {}

  static void addTo(Map<Function, CallRule> rules) {
    addShapes(rules);
    addSearches(rules);
    addEncodings(rules);
    rules.put(Function.CONCAT, TextRules::concat);
    rules.put(Function.CONCAT_WS, TextRules::concatWithSeparator);
    rules.put(Function.TRIM, TextRules::trim);
    rules.put(Function.LIKE, TextRules::like);
  }

  private static void addShapes(Map<Function, CallRule> rules) {
    rules.put(Function.UPPER, StaticCall.of("S", "Strings.upper"));
    rules.put(Function.LOWER, StaticCall.of("S", "Strings.lower"));
    rules.put(Function.INITCAP, StaticCall.of("S", "Strings.initcap"));
    rules.put(Function.REVERSE, StaticCall.of("S", "Strings.reverse"));
    rules.put(Function.CHAR_LENGTH, StaticCall.of("S", "Strings.length"));
    rules.put(
        Function.SUBSTRING,
        StaticCall.of("SI", "Strings.substring").or("SII", "Strings.substring").nullable());
    rules.put(Function.LEFT, StaticCall.of("SI", "Strings.left"));
    rules.put(Function.RIGHT, StaticCall.of("SI", "Strings.right"));
    rules.put(Function.LTRIM, StaticCall.of("S", "Strings.trimLeft").or("SS", "Strings.trimLeft"));
    rules.put(
        Function.RTRIM, StaticCall.of("S", "Strings.trimRight").or("SS", "Strings.trimRight"));
    rules.put(Function.BTRIM, StaticCall.of("S", "Strings.trim").or("SS", "Strings.trim"));
    rules.put(Function.REPLACE, StaticCall.of("SSS", "Strings.replace"));
    rules.put(
        Function.OVERLAY, StaticCall.of("SSI", "Strings.overlay").or("SSII", "Strings.overlay"));
    rules.put(Function.LPAD, StaticCall.of("SIS", "Strings.padLeft").nullable());
    rules.put(Function.RPAD, StaticCall.of("SIS", "Strings.padRight").nullable());
    rules.put(Function.REPEAT, StaticCall.of("SI", "Strings.repeat"));
    rules.put(
        Function.SPLIT_INDEX,
        StaticCall.of("SSI", "Strings.splitIndex").or("SII", "Strings.splitIndex").nullable());
    rules.put(Function.TRANSLATE, StaticCall.of("SSS", "Strings.translate"));
  }

  private static void addSearches(Map<Function, CallRule> rules) {
    rules.put(Function.POSITION, StaticCall.of("SS", "Strings.position"));
    rules.put(
        Function.LOCATE, StaticCall.of("SS", "Strings.position").or("SSI", "Strings.position"));
    rules.put(
        Function.INSTR,
        StaticCall.of("SS", "Strings.instr")
            .or("SSI", "Strings.instr")
            .or("SSII", "Strings.instr"));
    rules.put(
        Function.STARTSWITH,
        StaticCall.of("SS", "Strings.startsWith").or("XX", "Binaries.startsWith"));
    rules.put(
        Function.ENDSWITH, StaticCall.of("SS", "Strings.endsWith").or("XX", "Binaries.endsWith"));
    rules.put(Function.REGEXP, StaticCall.of("SS", "find").with(Regex.class));
    rules.put(
        Function.REGEXP_EXTRACT,
        StaticCall.of("SS", "extract").or("SSI", "extract").with(Regex.class).nullable());
    rules.put(
        Function.REGEXP_REPLACE, StaticCall.of("SSS", "replace").with(Regex.class).nullable());
    rules.put(
        Function.SIMILAR_TO,
        StaticCall.of("SS", "isSimilar").or("SSS", "isSimilar").with(Regex.class));
  }

  private static void addEncodings(Map<Function, CallRule> rules) {
    rules.put(Function.ASCII, StaticCall.of("S", "Strings.ascii"));
    rules.put(Function.CHR, StaticCall.of("L", "Strings.chr"));
    rules.put(Function.BIN, StaticCall.of("L", "Encodings.bin"));
    rules.put(Function.HEX, StaticCall.of("L", "Encodings.hex").or("S", "Encodings.hex"));
    rules.put(Function.UUID, StaticCall.of("", "Encodings.uuid"));
    rules.put(
        Function.TO_BASE64, StaticCall.of("S", "Encodings.toBase64").or("X", "Encodings.toBase64"));
    rules.put(Function.FROM_BASE64, StaticCall.of("S", "Encodings.fromBase64"));
    rules.put(Function.ENCODE, StaticCall.of("SS", "Encodings.encode"));
    rules.put(Function.DECODE, StaticCall.of("XS", "Encodings.decode"));
    rules.put(Function.MD5, (call, to) -> digest(call, to, "MD5"));
    rules.put(Function.SHA1, (call, to) -> digest(call, to, "SHA-1"));
    rules.put(Function.SHA224, (call, to) -> digest(call, to, "SHA-224"));
    rules.put(Function.SHA256, (call, to) -> digest(call, to, "SHA-256"));
    rules.put(Function.SHA384, (call, to) -> digest(call, to, "SHA-384"));
    rules.put(Function.SHA512, (call, to) -> digest(call, to, "SHA-512"));
  }

  private static Value digest(Expression.Call call, Emitter to, String algorithm) {
    String digest = to.kernel().constant(new Digest(algorithm), "Digest");
    return StaticCall.of("S", digest + ".hex").or("X", digest + ".hex").emit(call, to);
  }

  private static Value concat(Expression.Call wide, Emitter to) {
    Expression.Call call = Grouping.halve(wide);
    List<Value> values = texts(call, call.arguments(), to);
    if (values.stream().anyMatch(Value::alwaysNull)) {
      return Value.nullOf(call.type());
    }
    List<String> words = values.stream().map(Value::word).toList();
    String text =
        words.size() == 2
            ? words.get(0) + ".concat(" + words.get(1) + ")"
            : appended("new StringBuilder()", words) + ".toString()";
    return StaticCall.result(call.type(), text, to.anyNull(values), false, to);
  }

  private static String appended(String builder, List<String> words) {
    StringBuilder text = new StringBuilder(builder);
    words.forEach(w -> text.append(".append(").append(w).append(")"));
    return text.toString();
  }

  private static Value concatWithSeparator(Expression.Call call, Emitter to) {
    List<Value> values = texts(call, call.arguments(), to);
    Value separator = values.get(0);
    if (separator.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    String joined = to.fresh("j");
    to.line(
        "final java.util.StringJoiner "
            + joined
            + " = "
            + separator.isNull()
            + " ? null : new java.util.StringJoiner("
            + separator.word()
            + ");");
    for (Value value : values.subList(1, values.size())) {
      if (!value.alwaysNull()) {
        to.line("if (" + joined + " != null && !" + value.isNull() + ") {");
        to.line("  " + joined + ".add(" + value.word() + ");");
        to.line("}");
      }
    }
    return StaticCall.result(call.type(), joined + ".toString()", separator.isNull(), false, to);
  }

  private static List<Value> texts(Expression.Call call, List<Expression> arguments, Emitter to) {
    List<Value> values = new ArrayList<>();
    for (Expression argument : arguments) {
      Value value = to.emit(argument);
      if (!value.alwaysNull() && value.javaType() != JavaType.STRING) {
        throw CodegenErrors.argumentsNotSupported(call);
      }
      values.add(value.alwaysNull() ? Value.nullOf(DataType.STRING) : value);
    }
    return values;
  }

  /** The first argument says which side. */
  private static Value trim(Expression.Call call, Emitter to) {
    String side = literal(call, 0);
    String function =
        switch (side == null ? "" : side) {
          case "BOTH" -> "Strings.trim";
          case "LEADING" -> "Strings.trimLeft";
          case "TRAILING" -> "Strings.trimRight";
          default -> throw CodegenErrors.argumentNotSupported(call, "a side is missing");
        };
    Expression characters = call.arguments().get(1);
    Expression text = call.arguments().get(2);
    return StaticCall.of("SS", function)
        .emit(new Expression.Call(call.function(), List.of(text, characters), call.type()), to);
  }

  private static Value like(Expression.Call call, Emitter to) {
    String pattern = literal(call, 1);
    boolean hasEscape = call.arguments().size() > 2;
    String escape = hasEscape ? literal(call, 2) : "";
    if (pattern == null || escape == null) {
      return StaticCall.of("SS", "matches").or("SSS", "matches").with(Like.class).emit(call, to);
    }
    LikePattern compiled;
    try {
      compiled = LikePattern.of(pattern, escape);
    } catch (MillraceException e) {
      throw CodegenErrors.argumentNotSupported(call, e.getMessage());
    }
    String matcher = to.kernel().constant(compiled, "LikePattern");
    Expression text = call.arguments().get(0);
    return StaticCall.of("S", matcher + ".matches")
        .emit(new Expression.Call(call.function(), List.of(text), call.type()), to);
  }

  /** The text of an argument that is a literal, also one cast to a longer VARCHAR; or null. */
  static String literal(Expression.Call call, int argument) {
    Expression expression = call.arguments().get(argument);
    while (expression instanceof Expression.Cast cast && keepsText(cast)) {
      expression = cast.value();
    }
    return expression instanceof Expression.Literal literal
            && literal.value() instanceof String text
        ? text
        : null;
  }

  private static boolean keepsText(Expression.Cast cast) {
    DataType from = cast.value().type();
    return from.root().isCharacter()
        && cast.type().root() == TypeRoot.VARCHAR
        && cast.type().precision() >= from.precision();
  }
}
