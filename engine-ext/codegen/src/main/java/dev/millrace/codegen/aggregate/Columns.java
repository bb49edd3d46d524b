// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import java.util.Set;
import java.util.TreeSet;

/** The column arrays of a batch that a generated class binds to fields, once per batch. */
final class Columns {
  private final String batch;
  private final Set<Integer> words = new TreeSet<>();
  private final Set<Integer> nulls = new TreeSet<>();
  private final Set<Integer> refs = new TreeSet<>();

  /**
   * @param batch how generated code names the batch: {@code in}
   */
  Columns(String batch) {
    this.batch = batch;
  }

  String words(int column) {
    words.add(column);
    return batch + "W" + column;
  }

  String nulls(int column) {
    nulls.add(column);
    return batch + "N" + column;
  }

  String refs(int column) {
    refs.add(column);
    return batch + "R" + column;
  }

  /** The fields, and the method {@code bindIn} that sets them. */
  String source() {
    StringBuilder fields = new StringBuilder("  private RowBatch " + batch + ";\n");
    fields.append("  private byte[] ").append(batch).append("Kinds;\n");
    StringBuilder body = new StringBuilder();
    bind("long[]", "W", "words", words, fields, body);
    bind("boolean[]", "N", "nulls", nulls, fields, body);
    bind("Object[]", "R", "refs", refs, fields, body);
    return fields
        + "\n  private void "
        + method()
        + "(final RowBatch batch) {\n    if (batch == "
        + batch
        + ") {\n      return;\n    }\n    "
        + batch
        + " = batch;\n    "
        + batch
        + "Kinds = batch.kinds();\n"
        + body
        + "  }\n";
  }

  String method() {
    return "bind" + Character.toUpperCase(batch.charAt(0)) + batch.substring(1);
  }

  private void bind(
      String type,
      String suffix,
      String accessor,
      Set<Integer> columns,
      StringBuilder fields,
      StringBuilder body) {
    for (int column : columns) {
      String name = batch + suffix + column;
      fields.append("  private ").append(type).append(' ').append(name).append(";\n");
      body.append("    %s = batch.%s(%d);\n".formatted(name, accessor, column));
    }
  }
}
