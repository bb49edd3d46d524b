// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.kernel.WatermarkKernel;
import dev.millrace.spi.type.RowType;

/** The sources of kernels that compute one value: join conditions and watermarks. */
final class PredicateSource {
  private PredicateSource() {}

  static KernelClass join(RowType left, RowType right, Expression condition) {
    KernelClass kernel =
        new KernelClass(
            "Join condition over %d and %d columns".formatted(left.size(), right.size()),
            "JoinCondition",
            JoinKernel.class);
    Inputs inputs = new Inputs.TwoBatches(left.size());
    Emitter emitter = new Emitter(kernel, inputs, new Analysis());
    Value value = emitter.emit(condition);
    emitter.line("return " + value.isTrue() + ";");
    kernel.method("public boolean matches(" + inputs.parameters() + ")", emitter.body());
    return kernel;
  }

  static KernelClass watermark(RowType in, Expression expression) {
    KernelClass kernel =
        new KernelClass(
            "Watermark over %d columns".formatted(in.size()), "Watermark", WatermarkKernel.class);
    ColumnArrays arrays = new ColumnArrays("in");
    Emitter emitter = new Emitter(kernel, new Inputs.OneBatch(arrays), new Analysis());
    Value value = emitter.emit(expression);
    String word = value.alwaysNull() ? "NONE" : value.word();
    boolean certain = value.alwaysNull() || value.neverNull();
    emitter.line("micros[i] = " + (certain ? "" : value.isNull() + " ? NONE : ") + word + ";");
    String body =
        arrays.fields(kernel)
            + "    final int end = in.size();\n    for (int i = 0; i < end; i++) {\n"
            + emitter.body()
            + "    }\n";
    kernel.method("public void evaluate(final RowBatch in, final long[] micros)", body);
    return kernel;
  }
}
