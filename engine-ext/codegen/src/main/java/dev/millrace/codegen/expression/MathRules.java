// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Functions of numbers. */
final class MathRules {
  private MathRules() {}

  static void addTo(Map<Function, CallRule> rules) {
    rules.put(Function.ABS, MathRules::abs);
    rules.put(Function.SIGN, MathRules::sign);
    rules.put(Function.ROUND, (call, to) -> digits(call, to, "round"));
    rules.put(Function.TRUNCATE, (call, to) -> digits(call, to, "truncate"));
    rules.put(Function.RAND, MathRules::random);
    rules.put(Function.RAND_INTEGER, MathRules::randomInteger);
    rules.put(Function.PI, (call, to) -> Value.of(call.type(), "Math.PI", Value.NEVER));
    rules.put(Function.E, (call, to) -> Value.of(call.type(), "Math.E", Value.NEVER));
    rules.put(Function.SQRT, MathRules::squareRoot);
    rules.put(Function.POWER, StaticCall.of("DD", "Math.pow"));
    rules.put(Function.EXP, StaticCall.of("D", "Math.exp"));
    rules.put(Function.LN, StaticCall.of("D", "Math.log"));
    rules.put(Function.LOG10, StaticCall.of("D", "Math.log10"));
    rules.put(Function.LOG2, StaticCall.of("D", "Numbers.log2"));
    rules.put(Function.LOG, StaticCall.of("D", "Math.log").or("DD", "Numbers.log"));
    rules.put(Function.SIN, StaticCall.of("D", "Math.sin"));
    rules.put(Function.COS, StaticCall.of("D", "Math.cos"));
    rules.put(Function.TAN, StaticCall.of("D", "Math.tan"));
    rules.put(Function.COT, StaticCall.of("D", "Numbers.cot"));
    rules.put(Function.ASIN, StaticCall.of("D", "Math.asin"));
    rules.put(Function.ACOS, StaticCall.of("D", "Math.acos"));
    rules.put(Function.ATAN, StaticCall.of("D", "Math.atan"));
    rules.put(Function.ATAN2, StaticCall.of("DD", "Math.atan2"));
    rules.put(Function.SINH, StaticCall.of("D", "Math.sinh"));
    rules.put(Function.COSH, StaticCall.of("D", "Math.cosh"));
    rules.put(Function.TANH, StaticCall.of("D", "Math.tanh"));
    rules.put(Function.DEGREES, StaticCall.of("D", "Math.toDegrees"));
    rules.put(Function.RADIANS, StaticCall.of("D", "Math.toRadians"));
  }

  private static Value squareRoot(Expression.Call call, Emitter to) {
    Expression half = new Expression.Literal(0.5D, DataType.DOUBLE.notNull());
    List<Expression> arguments = List.of(call.arguments().get(0), half);
    return StaticCall.of("DD", "Math.pow")
        .emit(new Expression.Call(Function.POWER, arguments, call.type()), to);
  }

  private static Value abs(Expression.Call call, Emitter to) {
    Value value = number(call, to);
    if (value.alwaysNull()) {
      return value;
    }
    if (call.type().root() == TypeRoot.DECIMAL) {
      return DecimalCode.unary(call.type(), "abs", value, to);
    }
    String text = ArithmeticRules.narrow(call.type(), "Math.abs(" + value.word() + ")");
    return to.local(call.type(), text, value.isNull());
  }

  private static Value sign(Expression.Call call, Emitter to) {
    Value value = number(call, to);
    if (value.alwaysNull()) {
      return value;
    }
    TypeRoot root = value.type().root();
    if (root == TypeRoot.DECIMAL) {
      return DecimalCode.unary(call.type(), "sign", value, to);
    }
    String text =
        root.isApproximate()
            ? "Math.signum(" + value.word() + ")"
            : "Long.signum(" + value.word() + ")";
    return to.local(call.type(), ArithmeticRules.narrow(call.type(), text), value.isNull());
  }

  private static Value number(Expression.Call call, Emitter to) {
    Value value = to.emit(call.arguments().get(0));
    if (value.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    if (!value.type().root().isNumeric()) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    return value;
  }

  /** FLOOR and CEIL of a number. */
  static Value whole(Expression.Call call, Emitter to, String function) {
    Value value = number(call, to);
    if (value.alwaysNull()) {
      return value;
    }
    TypeRoot root = value.type().root();
    if (root == TypeRoot.DECIMAL) {
      return DecimalCode.unary(call.type(), function, value, to);
    }
    if (!root.isApproximate()) {
      return CastRules.coerce(value, call.type(), to);
    }
    String text = "Math." + function + "(" + value.word() + ")";
    return to.local(call.type(), ArithmeticRules.narrow(call.type(), text), value.isNull());
  }

  private static Value digits(Expression.Call call, Emitter to, String function) {
    Value value = number(call, to);
    if (value.alwaysNull()) {
      return value;
    }
    Value digits =
        call.arguments().size() > 1
            ? to.emit(call.arguments().get(1))
            : Value.of(DataType.INT, "0", Value.NEVER);
    if (digits.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    if (!digits.type().root().isInteger()) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    String count = NumericCasts.text(digits, DataType.INT);
    String isNull = to.anyNull(List.of(value, digits));
    if (value.type().root() == TypeRoot.DECIMAL) {
      return DecimalCode.rounded(call.type(), function, value, count, isNull, to);
    }
    String suffix = value.type().root() == TypeRoot.FLOAT ? "Float" : "";
    String text = "Numbers." + function + suffix + "(" + value.word() + ", " + count + ")";
    return to.local(call.type(), ArithmeticRules.narrow(call.type(), text), isNull);
  }

  private static Value random(Expression.Call call, Emitter to) {
    if (call.arguments().isEmpty()) {
      String random = to.kernel().constant(new Random(), "java.util.Random");
      return to.local(call.type(), random + ".nextDouble()", Value.NEVER);
    }
    Random seeded = seeded(call);
    if (seeded == null) {
      return StaticCall.of("I", "Numbers.random").emit(call, to);
    }
    String random = to.kernel().constant(seeded, "java.util.Random");
    return to.local(call.type(), random + ".nextDouble()", Value.NEVER);
  }

  private static Value randomInteger(Expression.Call call, Emitter to) {
    boolean hasSeed = call.arguments().size() > 1;
    Random generator = hasSeed ? seeded(call) : new Random();
    if (generator == null) {
      return StaticCall.of("II", "Numbers.randomInteger").emit(call, to);
    }
    Value bound = to.emit(call.arguments().get(hasSeed ? 1 : 0));
    if (bound.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    String random = to.kernel().constant(generator, "java.util.Random");
    String text =
        "Numbers.randomInteger(" + random + ", " + NumericCasts.text(bound, DataType.INT) + ")";
    return StaticCall.result(call.type(), text, bound.isNull(), false, to);
  }

  /** A generator of the literal seed; null where the seed is computed. */
  private static Random seeded(Expression.Call call) {
    return call.arguments().get(0) instanceof Expression.Literal literal
            && literal.value() instanceof Number seed
        ? new Random(seed.intValue())
        : null;
  }
}
