// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The source of a {@link CalcKernel}: a loop over rows, which evaluates what is small in place and
 * what is large by methods.
 */
final class CalcSource {
  private final KernelClass kernel;
  private final RowType out;
  private final Optional<Expression> condition;
  private final List<Expression> projections;
  private final ColumnArrays inArrays = new ColumnArrays("in");
  private final ColumnArrays outArrays = new ColumnArrays("out");
  private final Inputs inputs = new Inputs.OneBatch(inArrays);
  private final Analysis analysis = new Analysis();

  private CalcSource(
      RowType in, Optional<Expression> condition, List<Expression> projections, RowType out) {
    this.out = out;
    this.condition = condition;
    this.projections = projections;
    this.kernel =
        new KernelClass(
            "Calc: %d columns to %d%s"
                .formatted(in.size(), out.size(), condition.isPresent() ? ", filtered" : ""),
            "Calc",
            CalcKernel.class);
  }

  static KernelClass of(
      RowType in, Optional<Expression> condition, List<Expression> projections, RowType out) {
    CalcSource source = new CalcSource(in, condition, projections, out);
    source.write();
    return source.kernel;
  }

  private void write() {
    kernel.field("int row");
    kernel.method("public int row()", "    return row;\n");
    int weight = condition.map(analysis::weight).orElse(0);
    for (Expression projection : projections) {
      weight += analysis.weight(projection) + 1;
    }
    boolean inPlace = weight <= Emitter.BUDGET;
    String loop = loop(inPlace ? inPlace() : byMethods());
    StringBuilder body = new StringBuilder();
    if (inPlace) {
      body.append(inArrays.locals()).append(outArrays.locals());
    } else {
      body.append(inArrays.fields(kernel)).append(outArrays.fields(kernel));
    }
    body.append("    final int end = in.size();\n    int n = out.size();\n");
    if (condition.isEmpty()) {
      body.append("    final int count = end - from;\n");
      body.append("    System.arraycopy(in.kinds(), from, out.kinds(), n, count);\n");
    } else {
      body.append("    final byte[] inKinds = in.kinds();\n");
      body.append("    final byte[] outKinds = out.kinds();\n");
    }
    body.append(loop);
    kernel.method("public void apply(final RowBatch in, final int from, final RowBatch out)", body);
  }

  private String loop(CharSequence row) {
    if (projections.isEmpty() && condition.isEmpty()) {
      return "    row = end;\n    out.size(n + count);\n";
    }
    String kind = condition.isPresent() ? "        outKinds[n] = inKinds[i];\n" : "";
    return "    int i = from;\n    try {\n      for (; i < end; i++) {\n"
        + row.toString().replaceAll("(?m)^(?=.)", "    ")
        + kind
        + "        n++;\n      }\n    } finally {\n      row = i;\n      out.size(n);\n    }\n";
  }

  private StringBuilder inPlace() {
    Emitter emitter = new Emitter(kernel, inputs, analysis);
    condition.ifPresent(c -> skipUnless(c, emitter));
    for (int column = 0; column < projections.size(); column++) {
      store(column, emitter);
    }
    return emitter.body();
  }

  /** Each conjunct leaves the row as soon as it is not TRUE. */
  private void skipUnless(Expression expression, Emitter emitter) {
    List<Expression> conjuncts = new ArrayList<>();
    LogicRules.conjuncts(expression, conjuncts);
    for (Expression conjunct : conjuncts) {
      Value value = emitter.emit(conjunct);
      emitter.line("if (!" + value.isTrue() + ") {");
      emitter.line("  continue;");
      emitter.line("}");
    }
  }

  private StringBuilder byMethods() {
    StringBuilder calls = new StringBuilder();
    if (condition.isPresent()) {
      Emitter emitter = new Emitter(kernel, inputs, analysis);
      Value value = emitter.emit(condition.get());
      emitter.line("return " + value.isTrue() + ";");
      kernel.method("private boolean passes(final int i)", emitter.body());
      calls.append("    if (!passes(i)) {\n      continue;\n    }\n");
    }
    int next = 0;
    while (next < projections.size()) {
      Emitter emitter = new Emitter(kernel, inputs, analysis);
      int weight = 0;
      do {
        weight += analysis.weight(projections.get(next)) + 1;
        store(next++, emitter);
      } while (next < projections.size()
          && weight + analysis.weight(projections.get(next)) < Emitter.BUDGET);
      String name = kernel.fresh("project");
      kernel.method("private void " + name + "(final int i, final int n)", emitter.body());
      calls.append("    ").append(name).append("(i, n);\n");
    }
    return calls;
  }

  /** Nearly always null over null: storing that would cost what storing a reference costs. */
  private static void storeWide(String cell, Value value, boolean clear, Emitter emitter) {
    String wide = value.wide();
    if (value.mayBeWide()) {
      String guard = clear ? value.isNull() + " ? null : " : "";
      wide = emitter.fresh("w");
      emitter.line("final BigDecimal " + wide + " = " + guard + value.wide() + ";");
    }
    emitter.line("if (" + cell + " != " + wide + ") {");
    emitter.line("  " + cell + " = " + wide + ";");
    emitter.line("}");
  }

  /** A NULL is stored with word 0 and without a reference, so that equal rows are equal words. */
  private void store(int column, Emitter emitter) {
    DataType type = out.type(column);
    Value value = CastRules.coerce(emitter.emit(projections.get(column)), type, emitter);
    if (type.storage() == Storage.REFERENCE) {
      String reference = value.alwaysNull() ? "null" : value.word();
      emitter.line(outArrays.refs(column) + "[n] = " + reference + ";");
      return;
    }
    String word = value.alwaysNull() ? "0L" : value.javaType().toWord(value.word());
    boolean clear = !value.neverNull() && !value.alwaysNull();
    emitter.line(
        outArrays.words(column)
            + "[n] = "
            + (clear ? value.isNull() + " ? 0L : " + word : word)
            + ";");
    emitter.line(outArrays.nulls(column) + "[n] = " + value.isNull() + ";");
    if (type.storage() == Storage.WIDE_DECIMAL) {
      storeWide(outArrays.refs(column) + "[n]", value, clear, emitter);
    }
  }
}
