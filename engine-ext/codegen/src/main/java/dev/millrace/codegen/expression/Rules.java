// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import java.util.EnumMap;
import java.util.Map;

/** The rule of each function; a function without one is refused. */
final class Rules {
  private static final Map<Function, CallRule> RULES = new EnumMap<>(Function.class);

  static {
    ArithmeticRules.addTo(RULES);
    ComparisonRules.addTo(RULES);
    LogicRules.addTo(RULES);
    ConditionalRules.addTo(RULES);
    TextRules.addTo(RULES);
    MathRules.addTo(RULES);
    TimeRules.addTo(RULES);
    MapRules.addTo(RULES);
  }

  private Rules() {}

  static boolean has(Function function) {
    return RULES.containsKey(function);
  }

  static CallRule of(Expression.Call call) {
    CallRule rule = RULES.get(call.function());
    if (rule == null) {
      throw CodegenErrors.functionNotSupported(call);
    }
    return rule;
  }
}
