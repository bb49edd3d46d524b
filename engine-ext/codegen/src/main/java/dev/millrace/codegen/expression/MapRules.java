// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Functions of maps, which are held packed. */
final class MapRules {
  static final String PACKED = "dev.millrace.spi.row.PackedMap";

  private MapRules() {}

  static void addTo(Map<Function, CallRule> rules) {
    rules.put(Function.MAP, MapRules::map);
    rules.put(Function.ITEM, MapRules::item);
    rules.put(Function.CARDINALITY, StaticCall.of("M", PACKED + ".size"));
  }

  private static Value map(Expression.Call call, Emitter to) {
    String builder = builder(to);
    for (Expression argument : call.arguments()) {
      to.line(builder + added(to.emit(argument)) + ";");
    }
    return to.local(call.type(), builder + ".toBytes()", Value.NEVER);
  }

  /** A local to which cells can be added. */
  static String builder(Emitter to) {
    String builder = to.fresh("b");
    to.line("final %1$s.Builder %2$s = new %1$s.Builder();".formatted(PACKED, builder));
    return builder;
  }

  /** The call that adds a value as a cell. */
  static String added(Value value) {
    if (value.alwaysNull()) {
      return ".add((byte[]) null)";
    }
    return value.isReference()
        ? ".add(" + value.word() + ")"
        : ".add((long) " + value.javaType().toWord(value.word()) + ", " + value.isNull() + ")";
  }

  private static Value item(Expression.Call call, Emitter to) {
    Value map = to.emit(call.arguments().get(0));
    Value key = to.emit(call.arguments().get(1));
    DataType type = call.type();
    if (map.alwaysNull() || key.alwaysNull()) {
      return Value.nullOf(type);
    }
    String sought = sought(call.arguments().get(1), key, to);
    String find = "%s.find(%s, %s)".formatted(PACKED, map.word(), sought);
    String isNull = to.anyNull(List.of(map, key));
    String at = to.fresh("i");
    String nowhere = isNull.equals(Value.NEVER) ? "" : isNull + " ? -1 : ";
    to.line("final int " + at + " = " + nowhere + find + ";");
    JavaType java = JavaType.of(type);
    String cell = "%s.%s(%s, %s)".formatted(PACKED, reader(java), map.word(), at);
    if (java == JavaType.STRING || java == JavaType.BYTES) {
      return to.local(type, cell, Value.ALWAYS);
    }
    String word = to.fresh("t");
    to.line("final long " + word + " = " + cell + ";");
    return to.local(type, java.fromCell(word), "(" + at + " < 0)");
  }

  /** The key as it is compared: a constant text is encoded once, not for each row. */
  private static String sought(Expression expression, Value key, Emitter to) {
    if (expression instanceof Expression.Literal literal
        && literal.value() instanceof String text) {
      return to.kernel().constant(text.getBytes(StandardCharsets.UTF_8), "byte[]");
    }
    return key.isReference() ? key.word() : "(long) " + key.javaType().toWord(key.word());
  }

  /** The method that reads a cell. */
  static String reader(JavaType java) {
    return switch (java) {
      case STRING -> "text";
      case BYTES -> "bytes";
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE -> "word";
    };
  }
}
