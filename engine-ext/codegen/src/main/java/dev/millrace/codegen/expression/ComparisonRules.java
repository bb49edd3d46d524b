// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.util.List;
import java.util.Map;

/** Comparisons. Strings compare by code point, bytes as unsigned numbers. */
final class ComparisonRules {
  private ComparisonRules() {}

  static void addTo(Map<Function, CallRule> rules) {
    rules.put(Function.EQUALS, (call, to) -> comparison(call, to, "=="));
    rules.put(Function.NOT_EQUALS, (call, to) -> comparison(call, to, "!="));
    rules.put(Function.LESS, (call, to) -> comparison(call, to, "<"));
    rules.put(Function.LESS_OR_EQUAL, (call, to) -> comparison(call, to, "<="));
    rules.put(Function.GREATER, (call, to) -> comparison(call, to, ">"));
    rules.put(Function.GREATER_OR_EQUAL, (call, to) -> comparison(call, to, ">="));
    rules.put(Function.IS_DISTINCT_FROM, (call, to) -> distinct(call, to, ""));
    rules.put(Function.IS_NOT_DISTINCT_FROM, (call, to) -> distinct(call, to, "!"));
  }

  private static Value comparison(Expression.Call call, Emitter to, String operator) {
    Value left = to.emit(call.arguments().get(0));
    Value right = to.emit(call.arguments().get(1));
    if (left.alwaysNull() || right.alwaysNull()) {
      return Value.nullOf(DataType.BOOLEAN);
    }
    String isNull = to.anyNull(List.of(left, right));
    String condition = condition(call, operator, left, right);
    boolean guarded = left.isReference() && !isNull.equals(Value.NEVER);
    return to.local(
        DataType.BOOLEAN, guarded ? "!" + isNull + " && " + condition : condition, isNull);
  }

  private static Value distinct(Expression.Call call, Emitter to, String negation) {
    Value left = to.emit(call.arguments().get(0));
    Value right = to.emit(call.arguments().get(1));
    String same;
    if (left.alwaysNull() || right.alwaysNull()) {
      same = left.isNull() + " == " + right.isNull();
    } else {
      String equal = condition(call, "==", left, right);
      same =
          "("
              + left.isNull()
              + " ? "
              + right.isNull()
              + " : !"
              + right.isNull()
              + " && "
              + equal
              + ")";
    }
    String text = negation.isEmpty() ? "!(" + same + ")" : same;
    return to.local(DataType.BOOLEAN, text, Value.NEVER);
  }

  /** A Java condition on two values that are not NULL. */
  static String condition(Expression.Call call, String operator, Value left, Value right) {
    JavaType java = left.javaType();
    if (java == JavaType.STRING && right.javaType() == JavaType.STRING) {
      return reference(
          operator, left.word() + ".equals(" + right.word() + ")", "Strings", left, right);
    }
    if (left.type().root() == TypeRoot.MAP && right.type().root() == TypeRoot.MAP) {
      return sameMaps(call, operator, left, right);
    }
    if (java == JavaType.BYTES && right.javaType() == JavaType.BYTES) {
      String equal = "java.util.Arrays.equals(" + left.word() + ", " + right.word() + ")";
      return reference(operator, equal, "Binaries", left, right);
    }
    if (left.isReference() || right.isReference()) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    if (Operand.isExact(left) && Operand.isExact(right)) {
      return exact(operator, Operand.of(left), Operand.of(right));
    }
    if (java == JavaType.BOOLEAN && !operator.equals("==") && !operator.equals("!=")) {
      return "Boolean.compare(" + left.word() + ", " + right.word() + ") " + operator + " 0";
    }
    if (left.type().root().isNumeric() && right.type().root().isNumeric()) {
      DataType common = left.type().root() == right.type().root() ? left.type() : DataType.DOUBLE;
      return NumericCasts.text(left, common)
          + " "
          + operator
          + " "
          + NumericCasts.text(right, common);
    }
    return left.word() + " " + operator + " " + right.word();
  }

  private static String sameMaps(Expression.Call call, String operator, Value left, Value right) {
    String equal = MapRules.PACKED + ".equal(" + left.word() + ", " + right.word() + ")";
    return switch (operator) {
      case "==" -> equal;
      case "!=" -> "!" + equal;
      default -> throw CodegenErrors.argumentsNotSupported(call);
    };
  }

  private static String reference(
      String operator, String equal, String functions, Value left, Value right) {
    return switch (operator) {
      case "==" -> equal;
      case "!=" -> "!" + equal;
      default ->
          functions + ".compare(" + left.word() + ", " + right.word() + ") " + operator + " 0";
    };
  }

  private static String exact(String operator, Operand left, Operand right) {
    int scale = Math.max(left.scale(), right.scale());
    boolean sameWidth = left.scale() == right.scale();
    boolean narrow = !left.value().mayBeWide() && !right.value().mayBeWide();
    if (narrow && (sameWidth || (left.isSafeAt(scale) && right.isSafeAt(scale)))) {
      return left.wordAt(scale) + " " + operator + " " + right.wordAt(scale);
    }
    return "Decimals.compare("
        + left.arguments()
        + ", "
        + right.arguments()
        + ") "
        + operator
        + " 0";
  }
}
