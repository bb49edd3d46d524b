// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.Storage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the statements of one generated method. A sub-expression met again where its first value
 * is in scope is not computed again; one that would make the method too large for the virtual
 * machine to compile well goes into a method of its own.
 */
final class Emitter implements Expression.Visitor<Value> {
  /** Operations per method; up to 70 bytes of code each, and HotSpot compiles 8,000 bytes. */
  static final int BUDGET = 100;

  private static final int INDENT = 2;

  private final KernelClass kernel;
  private final Inputs inputs;
  private final Analysis analysis;
  private final StringBuilder body = new StringBuilder();
  private final Deque<Map<Expression, Value>> scopes = new ArrayDeque<>();
  private int used;

  Emitter(KernelClass kernel, Inputs inputs, Analysis analysis) {
    this.kernel = kernel;
    this.inputs = inputs;
    this.analysis = analysis;
    scopes.push(new HashMap<>());
  }

  StringBuilder body() {
    return body;
  }

  KernelClass kernel() {
    return kernel;
  }

  String fresh(String prefix) {
    return kernel.fresh(prefix);
  }

  void line(String statement) {
    body.append(" ".repeat(INDENT * (scopes.size() + 1))).append(statement).append('\n');
  }

  /** Opens a block; what is computed in it is not known behind it. */
  void open(String header) {
    line(header + " {");
    scopes.push(new HashMap<>());
  }

  void close() {
    scopes.pop();
    line("}");
  }

  void otherwise() {
    scopes.pop();
    line("} else {");
    scopes.push(new HashMap<>());
  }

  /** Declares locals for a value that later statements assign; NULL at first. */
  Value declare(DataType type) {
    return declare(type, true, true);
  }

  /** Declares locals with the flag and the wide half only where they are needed. */
  Value declare(DataType type, boolean nullable, boolean mayBeWide) {
    JavaType java = JavaType.of(type);
    String name = fresh("v");
    line(java.javaName() + " " + name + " = " + java.zero() + ";");
    if (type.storage() == Storage.REFERENCE) {
      return Value.reference(type, name, !nullable);
    }
    String wide = Value.NO_WIDE;
    if (mayBeWide && type.storage() == Storage.WIDE_DECIMAL) {
      wide = name + "w";
      line("BigDecimal " + wide + " = null;");
    }
    String isNull = Value.NEVER;
    if (nullable) {
      isNull = name + "n";
      line("boolean " + isNull + " = true;");
    }
    return new Value(type, name, wide, isNull);
  }

  /** Assigns one value to the locals of another. */
  void assign(Value target, Value from) {
    if (from.alwaysNull() && target.isReference()) {
      line(target.word() + " = null;");
      return;
    }
    line(target.word() + " = " + from.word() + ";");
    if (target.mayBeWide()) {
      line(target.wide() + " = " + from.wide() + ";");
    }
    if (!target.isReference() && !target.neverNull()) {
      line(target.isNull() + " = " + from.isNull() + ";");
    }
  }

  /** A local that holds an expression of the type's Java type. */
  Value local(DataType type, String expression, String isNull) {
    String name = fresh("v");
    line("final " + JavaType.of(type).javaName() + " " + name + " = " + expression + ";");
    if (type.storage() == Storage.REFERENCE) {
      return Value.reference(type, name, isNull.equals(Value.NEVER));
    }
    return Value.of(type, name, isNull);
  }

  /** A local flag that is true where one of the values is NULL. */
  String anyNull(List<Value> values) {
    StringBuilder either = new StringBuilder();
    int terms = 0;
    for (Value value : values) {
      if (value.alwaysNull()) {
        return Value.ALWAYS;
      }
      if (!value.neverNull() && either.indexOf(value.isNull()) < 0) {
        either.append(terms++ > 0 ? " | " : "").append(value.isNull());
      }
    }
    if (terms == 0) {
      return Value.NEVER;
    }
    if (terms == 1 && !either.toString().startsWith("(")) {
      return either.toString();
    }
    String name = fresh("n");
    line("final boolean " + name + " = " + either + ";");
    return name;
  }

  List<Value> emitAll(List<Expression> expressions) {
    return expressions.stream().map(this::emit).toList();
  }

  /** Writes what computes an expression and says where its value is. */
  Value emit(Expression expression) {
    for (Map<Expression, Value> scope : scopes) {
      Value known = scope.get(expression);
      if (known != null) {
        return known;
      }
    }
    Value value;
    int weight = analysis.weight(expression);
    if (weight > 1 && (used >= BUDGET || (weight <= BUDGET && used + weight > BUDGET))) {
      value = outline(expression);
    } else {
      used++;
      value = expression.accept(this);
    }
    if (!analysis.isVolatile(expression)) {
      scopes.getFirst().put(expression, value);
    }
    return value;
  }

  /** Puts an expression into a method of its own; its NULL flag and wide half come in fields. */
  private Value outline(Expression expression) {
    Emitter inner = new Emitter(kernel, inputs, analysis);
    Value value = inner.emit(expression);
    DataType type = value.type();
    String name = fresh("part");
    if (value.alwaysNull()) {
      return Value.nullOf(type);
    }
    boolean flag = !value.isReference() && !value.neverNull();
    if (flag) {
      kernel.field("boolean " + name + "n");
      inner.line(name + "n = " + value.isNull() + ";");
    }
    if (value.mayBeWide()) {
      kernel.field("BigDecimal " + name + "w");
      inner.line(name + "w = " + value.wide() + ";");
    }
    inner.line("return " + value.word() + ";");
    String java = value.javaType().javaName();
    kernel.method("private " + java + " " + name + "(" + inputs.parameters() + ")", inner.body());
    String local = fresh("v");
    line("final " + java + " " + local + " = " + name + "(" + inputs.arguments() + ");");
    if (value.isReference()) {
      return Value.reference(type, local, value.neverNull());
    }
    String isNull = flag ? local + "n" : Value.NEVER;
    if (flag) {
      line("final boolean " + isNull + " = " + name + "n;");
    }
    String wide = value.mayBeWide() ? local + "w" : Value.NO_WIDE;
    if (value.mayBeWide()) {
      line("final BigDecimal " + wide + " = " + name + "w;");
    }
    return new Value(type, local, wide, isNull);
  }

  @Override
  public Value input(Expression.Input input) {
    DataType type = input.type();
    int column = input.column();
    if (type.storage() == Storage.REFERENCE) {
      return local(
          type,
          JavaType.of(type).fromCell(inputs.ref(column)),
          type.nullable() ? Value.ALWAYS : Value.NEVER);
    }
    Value word = local(type, JavaType.of(type).fromCell(inputs.word(column)), Value.NEVER);
    String isNull = Value.NEVER;
    if (type.nullable()) {
      isNull = fresh("n");
      line("final boolean " + isNull + " = " + inputs.isNull(column) + ";");
    }
    String wide = Value.NO_WIDE;
    if (type.storage() == Storage.WIDE_DECIMAL) {
      wide = fresh("w");
      line("final BigDecimal " + wide + " = (BigDecimal) " + inputs.ref(column) + ";");
    }
    return new Value(type, word.word(), wide, isNull);
  }

  @Override
  public Value literal(Expression.Literal literal) {
    return Literals.value(literal, kernel);
  }

  @Override
  public Value call(Expression.Call call) {
    return Rules.of(call).emit(call, this);
  }

  @Override
  public Value cast(Expression.Cast cast) {
    return CastRules.emit(cast, this);
  }

  @Override
  public Value conditional(Expression.Case conditional) {
    return ConditionalRules.conditional(conditional, this);
  }
}
