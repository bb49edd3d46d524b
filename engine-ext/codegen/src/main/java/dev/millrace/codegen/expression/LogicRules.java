// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import java.util.List;
import java.util.Map;

/** Three-valued logic. What the terms before it have decided is not evaluated, as in Flink. */
final class LogicRules {
  private LogicRules() {}

  static void addTo(Map<Function, CallRule> rules) {
    rules.put(Function.AND, (call, to) -> junction(call, to, true));
    rules.put(Function.OR, (call, to) -> junction(call, to, false));
    rules.put(Function.NOT, LogicRules::not);
    rules.put(Function.IS_NULL, (call, to) -> isNull(call, to, ""));
    rules.put(Function.IS_NOT_NULL, (call, to) -> isNull(call, to, "!"));
    rules.put(Function.IS_TRUE, (call, to) -> is(call, to, "", ""));
    rules.put(Function.IS_NOT_TRUE, (call, to) -> is(call, to, "!", ""));
    rules.put(Function.IS_FALSE, (call, to) -> is(call, to, "", "!"));
    rules.put(Function.IS_NOT_FALSE, (call, to) -> is(call, to, "!", "!"));
  }

  /** AND looks for a FALSE, OR for a TRUE; a NULL on the way makes the result NULL otherwise. */
  private static Value junction(Expression.Call wide, Emitter to, boolean conjunction) {
    Expression.Call call = Grouping.halve(wide);
    Value result = to.declare(DataType.BOOLEAN);
    String undecided = (conjunction ? "" : "!") + result.word();
    to.line(result.word() + " = " + conjunction + ";");
    to.line(result.isNull() + " = false;");
    boolean nullable = false;
    for (int i = 0; i < call.arguments().size(); i++) {
      if (i > 0) {
        to.open("if (" + undecided + ")");
      }
      Value term = truth(call.arguments().get(i), to);
      nullable |= !term.neverNull();
      take(result, term, to, conjunction);
      if (i > 0) {
        to.close();
      }
    }
    if (!nullable) {
      return Value.of(DataType.BOOLEAN, result.word(), Value.NEVER);
    }
    to.line(result.isNull() + " = " + result.isNull() + " & " + undecided + ";");
    return result;
  }

  /** A BOOLEAN, also where it is a bare NULL. */
  private static Value truth(Expression expression, Emitter to) {
    Value value = to.emit(expression);
    return value.alwaysNull() ? Value.nullOf(DataType.BOOLEAN) : value;
  }

  private static void take(Value result, Value term, Emitter to, boolean conjunction) {
    if (term.neverNull()) {
      to.line(result.word() + " = " + term.word() + ";");
      return;
    }
    to.line(result.isNull() + " = " + result.isNull() + " | " + term.isNull() + ";");
    to.line(
        result.word()
            + " = "
            + (conjunction
                ? term.isNull() + " | " + term.word()
                : "!" + term.isNull() + " & " + term.word())
            + ";");
  }

  private static Value not(Expression.Call call, Emitter to) {
    Value value = truth(call.arguments().get(0), to);
    return value.alwaysNull()
        ? value
        : to.local(DataType.BOOLEAN, "!" + value.word(), value.isNull());
  }

  private static Value isNull(Expression.Call call, Emitter to, String negation) {
    Value value = to.emit(call.arguments().get(0));
    return to.local(DataType.BOOLEAN, negation + value.isNull(), Value.NEVER);
  }

  private static Value is(Expression.Call call, Emitter to, String negation, String inverse) {
    Value value = truth(call.arguments().get(0), to);
    String text = "(!" + value.isNull() + " && " + inverse + value.word() + ")";
    return to.local(DataType.BOOLEAN, negation + text, Value.NEVER);
  }

  /** The terms of nested ANDs, in order. */
  static void conjuncts(Expression expression, List<Expression> into) {
    if (expression instanceof Expression.Call call && call.function() == Function.AND) {
      call.arguments().forEach(a -> conjuncts(a, into));
    } else {
      into.add(expression);
    }
  }
}
