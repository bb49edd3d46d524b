// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.Storage;

/**
 * The methods of one aggregate call: which rows count (FILTER, NULL, DISTINCT), around the {@link
 * AggregateCode} that counts them.
 */
final class CallCode {
  private static final int NONE = -1;

  private final int number;
  private final AggregateCall call;
  private final RowType input;
  private final Columns in;
  private final AggregateCode code;
  private final boolean retracting;
  private final int distinct;

  /**
   * @param number makes names unique
   * @param retracting rows may be taken back
   */
  CallCode(
      int number,
      AggregateCall call,
      RowType input,
      RecordLayout layout,
      Columns in,
      boolean retracting) {
    this.number = number;
    this.call = call;
    this.input = input;
    this.in = in;
    this.retracting = retracting;
    code = AggregateCodes.of(call, input, layout, retracting);
    distinct = call.distinct() && !call.arguments().isEmpty() ? layout.ref(counts().kind()) : NONE;
  }

  private boolean hasValue() {
    return !call.arguments().isEmpty();
  }

  private int column() {
    return call.arguments().get(0);
  }

  private DataType columnType() {
    return input.type(column());
  }

  String addRow() {
    return "    addRow%d(i, w, r);\n".formatted(number);
  }

  String subtractRow() {
    return "    subtractRow%d(i, w, r);\n".formatted(number);
  }

  String mergeGroup() {
    return "    merge%d(fw, fr, w, r);\n".formatted(number);
  }

  String writeResult() {
    return "    result%d(w, r, n);\n".formatted(number);
  }

  String isSame() {
    return "same%d(a, b)".formatted(number);
  }

  /**
   * @param cell of the result, in row {@code n}
   */
  String source(AggregateCode.ResultCell cell) {
    StringBuilder text = new StringBuilder();
    text.append(rowMethod("add", code.add(), ".add(v, x, 1L)"));
    text.append(valueMethod("add", code.add()));
    if (retracting) {
      text.append(rowMethod("subtract", code.subtract(), ".remove(v, x)"));
      text.append(valueMethod("subtract", code.subtract()));
    }
    if (distinct != NONE) {
      text.append(distinctMethod());
    }
    text.append(mergeMethod());
    text.append(method("result", "final int w, final int r, final int n", code.result(cell)));
    return text.append(sameMethod(cell)).toString();
  }

  private String method(String verb, String parameters, String body) {
    return "\n  private void %s%d(%s) {\n%s  }\n".formatted(verb, number, parameters, body);
  }

  private String valueMethod(String verb, String body) {
    String none = code.takesNulls() ? ", final boolean none" : "";
    return method(verb, "final long v, final Object x" + none + ", final int w, final int r", body);
  }

  /** Whether the row counts, then what it counts. */
  private String rowMethod(String verb, String inner, String distinctCall) {
    StringBuilder body = new StringBuilder();
    if (call.filter() >= 0) {
      skipIf(body, in.nulls(call.filter()) + "[i] || " + in.words(call.filter()) + "[i] == 0L");
    }
    if (!code.takesNulls()) {
      for (int argument : call.arguments()) {
        skipNull(body, argument);
      }
    }
    if (!inner.isEmpty()) {
      value(body);
      if (distinct != NONE) {
        skipIf(body, "!values%d(r)%s".formatted(number, distinctCall));
      }
      separator(body);
      String none = code.takesNulls() ? ", none" : "";
      body.append("    %s%d(v, x%s, w, r);\n".formatted(verb, number, none));
    }
    return method(verb + "Row", "final int i, final int w, final int r", body.toString());
  }

  private static void skipIf(StringBuilder body, String condition) {
    body.append("    if (").append(condition).append(") {\n      return;\n    }\n");
  }

  private void skipNull(StringBuilder body, int argument) {
    if (input.type(argument).nullable()) {
      skipIf(body, isNull(argument));
    }
  }

  private String isNull(int argument) {
    return input.type(argument).storage() == Storage.REFERENCE
        ? in.refs(argument) + "[i] == null"
        : in.nulls(argument) + "[i]";
  }

  private void value(StringBuilder body) {
    Storage storage = hasValue() ? columnType().storage() : null;
    boolean word = storage == Storage.WORD || storage == Storage.WIDE_DECIMAL;
    boolean ref = storage == Storage.REFERENCE || storage == Storage.WIDE_DECIMAL;
    body.append("    final long v = %s;\n".formatted(word ? in.words(column()) + "[i]" : "0L"));
    body.append("    final Object x = %s;\n".formatted(ref ? in.refs(column()) + "[i]" : "null"));
    if (code.takesNulls()) {
      body.append("    final boolean none = %s;\n".formatted(isNull(column())));
    }
  }

  private void separator(StringBuilder body) {
    if (code instanceof ListCode list && call.arguments().size() > 1) {
      body.append(list.separate(in.refs(call.arguments().get(1)) + "[i]"));
    }
  }

  /** How distinct values are counted. */
  private record CountsCode(RefCode kind, String creation) {}

  private CountsCode counts() {
    return columnType().storage() == Storage.WORD
        ? new CountsCode(RefCode.WORD_COUNTS, "WordCounts()")
        : new CountsCode(
            RefCode.valueCounts(columnType()),
            "ValueCounts(ValueKind." + ValueKind.of(columnType()) + ")");
  }

  private String distinctMethod() {
    return ("\n  private Counts values%1$d(final int r) {\n    if (refs[r + %2$d] == null) {\n"
            + "      refs[r + %2$d] = new %3$s;\n    }\n"
            + "    return (Counts) refs[r + %2$d];\n  }\n")
        .formatted(number, distinct, counts().creation());
  }

  private String mergeMethod() {
    String parameters = "final int fw, final int fr, final int w, final int r";
    if (distinct == NONE) {
      return method("merge", parameters, code.merge());
    }
    String body =
        """
            if (fromRefs[fr + %1$d] == null) {
              return;
            }
            final Counts into = values%2$d(r);
            final Counts.Cursor values = ((Counts) fromRefs[fr + %1$d]).values();
            while (values.next()) {
              if (into.add(values.word(), values.ref(), values.times())) {
                add%2$d(values.word(), values.ref(), w, r);
              }
            }
        """
            .formatted(distinct, number);
    return method("merge", parameters, body);
  }

  private String sameMethod(AggregateCode.ResultCell cell) {
    StringBuilder test = new StringBuilder("true");
    if (cell.type().storage() != Storage.REFERENCE) {
      test.append(" && %1$s[a] == %1$s[b]".formatted(cell.words()));
      test.append(" && %1$s[a] == %1$s[b]".formatted(cell.nulls()));
    }
    if (cell.type().root().isByteArray()) {
      test.append(" && Arrays.equals((byte[]) %1$s[a], (byte[]) %1$s[b])".formatted(cell.refs()));
    } else if (cell.type().storage() != Storage.WORD) {
      test.append(" && Objects.equals(%1$s[a], %1$s[b])".formatted(cell.refs()));
    }
    return "\n  private boolean same%d(final int a, final int b) {\n    return %s;\n  }\n"
        .formatted(number, test);
  }
}
