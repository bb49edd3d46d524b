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
 * what is large by methods; columns handed through unfiltered are copied as arrays.
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
  private final List<Integer> copied = new ArrayList<>();
  private final List<Integer> computed = new ArrayList<>();

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
    for (int c = 0; c < projections.size(); c++) {
      (condition.isEmpty() && isPassed(c) ? copied : computed).add(c);
    }
  }

  static KernelClass of(
      RowType in, Optional<Expression> condition, List<Expression> projections, RowType out) {
    CalcSource source = new CalcSource(in, condition, projections, out);
    source.write();
    return source.kernel;
  }

  private boolean isPassed(int column) {
    return projections.get(column) instanceof Expression.Input input
        && input.type().storage() == out.type(column).storage();
  }

  private void write() {
    kernel.field("int row");
    kernel.method("public int row()", "    return row;\n");
    int weight = condition.map(analysis::weight).orElse(0);
    for (int c : computed) {
      weight += analysis.weight(projections.get(c)) + 1;
    }
    boolean inPlace = weight <= Emitter.BUDGET;
    StringBuilder copies = copies();
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
    body.append(copies).append(loop);
    kernel.method("public void apply(final RowBatch in, final int from, final RowBatch out)", body);
  }

  private String loop(CharSequence row) {
    if (computed.isEmpty() && condition.isEmpty()) {
      return "    row = end;\n    out.size(n + count);\n";
    }
    String kind = condition.isPresent() ? "        outKinds[n] = inKinds[i];\n" : "";
    return "    int i = from;\n    try {\n      for (; i < end; i++) {\n"
        + row.toString().replaceAll("(?m)^(?=.)", "    ")
        + kind
        + "        n++;\n      }\n    } finally {\n      row = i;\n      out.size(n);\n    }\n";
  }

  private StringBuilder copies() {
    StringBuilder text = new StringBuilder();
    for (int c : copied) {
      int from = ((Expression.Input) projections.get(c)).column();
      Storage storage = out.type(c).storage();
      if (storage != Storage.REFERENCE) {
        copy(text, inArrays.words(from), outArrays.words(c));
        copy(text, inArrays.nulls(from), outArrays.nulls(c));
      }
      if (storage != Storage.WORD) {
        copy(text, inArrays.refs(from), outArrays.refs(c));
      }
    }
    return text;
  }

  private static void copy(StringBuilder text, String from, String to) {
    text.append("    System.arraycopy(" + from + ", from, " + to + ", n, count);\n");
  }

  private StringBuilder inPlace() {
    Emitter emitter = new Emitter(kernel, inputs, analysis);
    condition.ifPresent(c -> skipUnless(c, emitter));
    for (int c : computed) {
      store(c, emitter);
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
    while (next < computed.size()) {
      Emitter emitter = new Emitter(kernel, inputs, analysis);
      int weight = 0;
      do {
        int column = computed.get(next++);
        weight += analysis.weight(projections.get(column)) + 1;
        store(column, emitter);
      } while (next < computed.size()
          && weight + analysis.weight(projections.get(computed.get(next))) < Emitter.BUDGET);
      String name = kernel.fresh("project");
      kernel.method("private void " + name + "(final int i, final int n)", emitter.body());
      calls.append("    ").append(name).append("(i, n);\n");
    }
    return calls;
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
      String wide = clear && value.mayBeWide() ? value.isNull() + " ? null : " : "";
      emitter.line(outArrays.refs(column) + "[n] = " + wide + value.wide() + ";");
    }
  }
}
