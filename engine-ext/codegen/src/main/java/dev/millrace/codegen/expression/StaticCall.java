// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of functions that are one Java call: NULL where an argument is, else what the Java call
 * answers.
 *
 * <p>A signature spells the parameters, one letter each: {@code S} string, {@code X} bytes, {@code
 * M} map, {@code Z} boolean, {@code I} int, {@code L} long, {@code D} double, {@code d} date,
 * {@code t} time, {@code T} timestamp, {@code U} timestamp with local time zone, {@code u} the same
 * as local time.
 */
final class StaticCall implements CallRule {
  private final List<Overload> overloads = new ArrayList<>();
  private boolean mayBeNull;
  private boolean takesZone;
  private String state;

  private record Overload(String signature, String javaCall) {}

  private StaticCall() {}

  static StaticCall of(String signature, String javaCall) {
    return new StaticCall().or(signature, javaCall);
  }

  /** Another signature; the first that fits the arguments is taken. */
  StaticCall or(String signature, String javaCall) {
    overloads.add(new Overload(signature, javaCall));
    return this;
  }

  /** The Java call may answer null, or the word that stands for it. */
  StaticCall nullable() {
    mayBeNull = true;
    return this;
  }

  /** The Java call is of an object that each call of the query has for itself. */
  StaticCall with(Class<?> stateClass) {
    state = stateClass.getSimpleName();
    return this;
  }

  /** The Java call's last parameter is the session's zone. */
  StaticCall zoned() {
    takesZone = true;
    return this;
  }

  @Override
  public Value emit(Expression.Call call, Emitter to) {
    Overload overload = choose(call);
    List<Value> values = to.emitAll(call.arguments());
    if (values.stream().anyMatch(Value::alwaysNull)) {
      return Value.nullOf(call.type());
    }
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      arguments.add(argument(overload.signature().charAt(i), values.get(i), to));
    }
    if (takesZone) {
      arguments.add(to.kernel().zone());
    }
    String receiver = state == null ? "" : to.kernel().state(state) + ".";
    String text = receiver + overload.javaCall() + "(" + String.join(", ", arguments) + ")";
    return result(call.type(), text, to.anyNull(values), mayBeNull, to);
  }

  /** Binds what a Java call answers, unless {@code isNull}, to locals. */
  static Value result(DataType type, String text, String isNull, boolean mayBeNull, Emitter to) {
    JavaType java = JavaType.of(type);
    boolean never = isNull.equals(Value.NEVER);
    if (java == JavaType.STRING || java == JavaType.BYTES) {
      String guarded = never ? text : isNull + " ? null : " + text;
      return to.local(type, guarded, never && !mayBeNull ? Value.NEVER : Value.ALWAYS);
    }
    if (!mayBeNull) {
      return to.local(type, never ? text : isNull + " ? " + java.zero() + " : " + text, isNull);
    }
    String word = to.fresh("t");
    to.line(
        "final long " + word + " = " + (never ? text : isNull + " ? Words.NULL : " + text) + ";");
    String flag = to.fresh("n");
    to.line("final boolean " + flag + " = " + word + " == Words.NULL;");
    return to.local(type, java.fromCell(word), flag);
  }

  private Overload choose(Expression.Call call) {
    List<DataType> types = call.arguments().stream().map(Expression::type).toList();
    return overloads.stream()
        .filter(o -> fits(o.signature(), types))
        .findFirst()
        .orElseThrow(() -> CodegenErrors.argumentsNotSupported(call));
  }

  private static boolean fits(String signature, List<DataType> types) {
    if (signature.length() != types.size()) {
      return false;
    }
    for (int i = 0; i < types.size(); i++) {
      if (!fits(signature.charAt(i), types.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(char parameter, DataType type) {
    return switch (type.root()) {
      case NULL -> true;
      case CHAR, VARCHAR -> parameter == 'S';
      case BINARY, VARBINARY -> parameter == 'X';
      case BOOLEAN -> parameter == 'Z';
      case TINYINT, SMALLINT, INTEGER -> "ILD".indexOf(parameter) >= 0;
      case BIGINT -> "ILD".indexOf(parameter) >= 0;
      case FLOAT, DOUBLE, DECIMAL -> parameter == 'D';
      case DATE -> parameter == 'd';
      case TIME -> parameter == 't';
      case TIMESTAMP -> parameter == 'T';
      case TIMESTAMP_LTZ -> parameter == 'U' || parameter == 'u';
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> false;
      case MAP -> parameter == 'M';
    };
  }

  private static String argument(char parameter, Value value, Emitter to) {
    return switch (parameter) {
      case 'I' -> NumericCasts.text(value, DataType.INT);
      case 'L' -> NumericCasts.text(value, DataType.BIGINT);
      case 'D' -> NumericCasts.text(value, DataType.DOUBLE);
      case 'u' -> to.kernel().zone() + ".toLocal(" + value.word() + ")";
      default -> value.word();
    };
  }
}
