// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import java.util.List;
import java.util.Map;

/** CASE, COALESCE, GREATEST and LEAST. Branches not taken are not evaluated. */
final class ConditionalRules {
  private ConditionalRules() {}

  static void addTo(Map<Function, CallRule> rules) {
    rules.put(Function.COALESCE, ConditionalRules::coalesce);
    rules.put(Function.GREATEST, (call, to) -> extreme(call, to, ">"));
    rules.put(Function.LEAST, (call, to) -> extreme(call, to, "<"));
  }

  static Value conditional(Expression.Case wide, Emitter to) {
    Expression.Case conditional = Grouping.nest(wide);
    Value result = to.declare(conditional.type());
    int branches = conditional.conditions().size();
    boolean nullable = false;
    for (int i = 0; i < branches; i++) {
      Value condition = to.emit(conditional.conditions().get(i));
      to.open("if (" + condition.isTrue() + ")");
      nullable |= take(result, conditional.results().get(i), to);
      to.otherwise();
    }
    nullable |= take(result, conditional.otherwise(), to);
    for (int i = 0; i < branches; i++) {
      to.close();
    }
    return nullable ? result : neverNull(result);
  }

  private static boolean take(Value result, Expression from, Emitter to) {
    Value value = CastRules.coerce(to.emit(from), result.type(), to);
    to.assign(result, value);
    return !value.neverNull();
  }

  private static Value neverNull(Value value) {
    return new Value(value.type(), value.word(), value.wide(), Value.NEVER);
  }

  private static Value coalesce(Expression.Call wide, Emitter to) {
    Expression.Call call = Grouping.halve(wide);
    Value result = to.declare(call.type());
    boolean nullable = true;
    int opened = 0;
    for (Expression argument : call.arguments()) {
      if (!nullable) {
        break;
      }
      if (opened > 0 || argument != call.arguments().get(0)) {
        to.open("if (" + result.isNull() + ")");
        opened++;
      }
      nullable = take(result, argument, to);
    }
    for (int i = 0; i < opened; i++) {
      to.close();
    }
    return nullable ? result : neverNull(result);
  }

  /** NULL if an argument is. */
  private static Value extreme(Expression.Call wide, Emitter to, String operator) {
    Expression.Call call = Grouping.halve(wide);
    DataType type = call.type();
    List<Value> values =
        to.emitAll(call.arguments()).stream().map(v -> CastRules.coerce(v, type, to)).toList();
    String isNull = to.anyNull(values);
    if (isNull.equals(Value.ALWAYS)) {
      return Value.nullOf(type);
    }
    Value result = to.declare(type);
    to.open("if (!" + isNull + ")");
    to.assign(result, values.get(0));
    for (Value value : values.subList(1, values.size())) {
      to.open("if (" + ComparisonRules.condition(call, operator, value, result) + ")");
      to.assign(result, value);
      to.close();
    }
    to.close();
    return isNull.equals(Value.NEVER) ? neverNull(result) : result;
  }
}
