// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import java.util.Set;
import java.util.TreeSet;

/** The arrays of a batch that generated code uses, each bound to a name once per batch. */
final class ColumnArrays {
  private static final int BOUND_PER_METHOD = 200;

  private final String batch;
  private final String prefix;
  private final Set<Integer> words = new TreeSet<>();
  private final Set<Integer> nulls = new TreeSet<>();
  private final Set<Integer> refs = new TreeSet<>();

  /**
   * @param batch the name of the batch in generated code
   */
  ColumnArrays(String batch) {
    this.batch = batch;
    this.prefix = batch + "_";
  }

  String words(int column) {
    words.add(column);
    return prefix + "w" + column;
  }

  String nulls(int column) {
    nulls.add(column);
    return prefix + "n" + column;
  }

  String refs(int column) {
    refs.add(column);
    return prefix + "r" + column;
  }

  /** Statements that bind the arrays to locals. */
  String locals() {
    StringBuilder text = new StringBuilder();
    words.forEach(c -> text.append("    final long[] ").append(bind("w", "words", c)));
    nulls.forEach(c -> text.append("    final boolean[] ").append(bind("n", "nulls", c)));
    refs.forEach(c -> text.append("    final Object[] ").append(bind("r", "refs", c)));
    return text.toString();
  }

  /** Statements that bind the arrays to fields of the kernel, in methods of bounded size. */
  String fields(KernelClass kernel) {
    StringBuilder all = new StringBuilder();
    words.forEach(c -> all.append("    ").append(bind("w", "words", c)));
    nulls.forEach(c -> all.append("    ").append(bind("n", "nulls", c)));
    refs.forEach(c -> all.append("    ").append(bind("r", "refs", c)));
    words.forEach(c -> kernel.field("long[] " + prefix + "w" + c));
    nulls.forEach(c -> kernel.field("boolean[] " + prefix + "n" + c));
    refs.forEach(c -> kernel.field("Object[] " + prefix + "r" + c));
    StringBuilder calls = new StringBuilder();
    String[] lines = all.toString().split("(?<=\n)");
    for (int from = 0; from < lines.length && !lines[from].isEmpty(); from += BOUND_PER_METHOD) {
      StringBuilder body = new StringBuilder();
      for (int l = from; l < Math.min(lines.length, from + BOUND_PER_METHOD); l++) {
        body.append(lines[l]);
      }
      String name = kernel.fresh("bind");
      kernel.method("private void " + name + "(final RowBatch " + batch + ")", body);
      calls.append("    ").append(name).append("(").append(batch).append(");\n");
    }
    return calls.toString();
  }

  private String bind(String kind, String accessor, int column) {
    return prefix + kind + column + " = " + batch + "." + accessor + "(" + column + ");\n";
  }
}
