// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The source of a {@link dev.millrace.runtime.aggregate.GroupTable}. */
final class GroupTableSource {
  static final String CLASS = "Groups";
  static final String PACKAGE = "dev.millrace.generated";

  private final RecordLayout layout = new RecordLayout();
  private final Columns in = new Columns("in");
  private final Columns out = new Columns("out");
  private final KeyCode keys;
  private final List<CallCode> calls = new ArrayList<>();
  private final StringBuilder methods = new StringBuilder();
  private final boolean retracting;
  private final String header;

  /**
   * @param output the keys, then the results; further columns are left to others
   * @param retracting rows may be taken back
   */
  GroupTableSource(
      RowType input,
      List<Integer> keyColumns,
      List<AggregateCall> aggregates,
      RowType output,
      boolean retracting) {
    this.retracting = retracting;
    header = "Groups by %s: %s".formatted(keyColumns, aggregates);
    keys = new KeyCode(input, keyColumns, layout, in, out);
    for (int i = 0; i < aggregates.size(); i++) {
      CallCode call = new CallCode(i, aggregates.get(i), input, layout, in, retracting);
      calls.add(call);
      methods.append(call.source(cell(output, keyColumns.size() + i)));
    }
  }

  private AggregateCode.ResultCell cell(RowType output, int column) {
    Storage storage = output.type(column).storage();
    boolean word = storage != Storage.REFERENCE;
    return new AggregateCode.ResultCell(
        output.type(column),
        word ? out.words(column) : "",
        word ? out.nulls(column) : "",
        storage != Storage.WORD ? out.refs(column) : "");
  }

  String source() {
    String keySource = keys.source();
    return "package "
        + PACKAGE
        + ";\n\nimport dev.millrace.runtime.aggregate.*;\n"
        + "import dev.millrace.runtime.function.*;\nimport dev.millrace.runtime.state.ValueKind;\nimport dev.millrace.spi.row.RowBatch;\n"
        + "import java.math.BigDecimal;\nimport java.util.Arrays;\nimport java.util.Objects;\n\n// "
        + header
        + "\npublic final class "
        + CLASS
        + " extends GroupTable {\n"
        + in.source()
        + out.source()
        + head()
        + find()
        + accumulate()
        + change()
        + merge()
        + emit()
        + keySource
        + each(
            "addRow",
            "final int i, final int w, final int r",
            "    words[w]++;\n",
            CallCode::addRow)
        + (retracting
            ? each(
                "subtractRow",
                "final int i, final int w, final int r",
                "    words[w]--;\n",
                CallCode::subtractRow)
            : "")
        + each("results", "final int w, final int r, final int n", "", CallCode::writeResult)
        + same()
        + methods
        + "}\n";
  }

  private String head() {
    return """
          private int row;
          private long[] fromWords;
          private Object[] fromRefs;

          public Groups() {
            super(%1$d, new RefKind[] {%3$s});
          }

          public GroupTable another() {
            return new Groups();
          }

          public int row() {
            return row;
          }

          protected long hash(final int slot) {
            return hashRecord(words, refs, slot * %1$d, slot * %2$d);
          }
        """
        .formatted(layout.wordStride(), layout.refStride(), layout.refKinds())
        .indent(0);
  }

  /** A slot whose rows are 0 is new: the caller counts its first row, or gives it back. */
  private String find() {
    return strided(
        """

          private int find(final int i) {
            int slot = (int) (hashRow(i) >>> shift);
            while (true) {
              final int w = slot * $W;
              if (words[w] == 0L) {
                if (room == 0) {
                  grow();
                  return find(i);
                }
                room--;
                storeKey(i, w, slot * $R);
                return slot;
              }
              if (isKeyOfRow(i, w, slot * $R)) {
                return slot;
              }
              slot = (slot + 1) & mask;
            }
          }

          private int findRecord(final int fw, final int fr) {
            int slot = (int) (hashRecord(fromWords, fromRefs, fw, fr) >>> shift);
            while (true) {
              final int w = slot * $W;
              if (words[w] == 0L) {
                if (room == 0) {
                  grow();
                  return findRecord(fw, fr);
                }
                room--;
                copyKey(fw, fr, w, slot * $R);
                return slot;
              }
              if (isKeyOfRecord(fw, fr, w, slot * $R)) {
                return slot;
              }
              slot = (slot + 1) & mask;
            }
          }
        """);
  }

  private String strided(String text) {
    return text.replace("$W", "" + layout.wordStride()).replace("$R", "" + layout.refStride());
  }

  private String accumulate() {
    String takeBack =
        """
                if ((inKinds[i] & 1) != 0) {
                  if (words[slot * $W] == 0L) {
                    room++;
                    continue;
                  }
                  subtractRow(i, slot * $W, slot * $R);
                  if (words[slot * $W] == 0L) {
                    remove(slot);
                  }
                  continue;
                }
        """;
    return strided(
        """

          public void accumulate(final RowBatch batch, final int from, final int to) {
            bindIn(batch);
            int i = from;
            try {
              for (; i < to; i++) {
                final int slot = find(i);
        $BACK        addRow(i, slot * $W, slot * $R);
              }
            } finally {
              row = i;
            }
          }
        """
            .replace("$BACK", retracting ? takeBack : ""));
  }

  private String change() {
    return strided(
        """

          public int change(final RowBatch batch, final int from, final RowBatch target) {
            bindIn(batch);
            bindOut(target);
            final int end = batch.size();
            final int limit = target.capacity() - 1;
            int n = target.size();
            int i = from;
            try {
              for (; i < end && n < limit; i++) {
                n = changeOne(i, n);
              }
            } finally {
              row = i;
              target.size(n);
            }
            return i;
          }

          private int changeOne(final int i, final int n) {
            final int slot = find(i);
            final int w = slot * $W;
            final int r = slot * $R;
        $FIRST
            keyResults(w, r, n);
            results(w, r, n);
        $UPDATE
            keyResults(w, r, n + 1);
            results(w, r, n + 1);
            if (same(n, n + 1)) {
              return n;
            }
            outKinds[n] = 1;
            outKinds[n + 1] = 2;
            return n + 2;
          }
        """
            .replace("$FIRST", retracting ? FIRST_OR_IGNORED : FIRST)
            .replace("$UPDATE", retracting ? UPDATE_OR_DELETE : "    addRow(i, w, r);"));
  }

  private static final String FIRST_BODY =
      """
            addRow(i, w, r);
            keyResults(w, r, n);
            results(w, r, n);
            outKinds[n] = 0;
            return n + 1;
          }
      """
          .stripTrailing();

  private static final String FIRST = "    if (words[w] == 0L) {\n" + FIRST_BODY;

  private static final String FIRST_OR_IGNORED =
      """
          if (words[w] == 0L && (inKinds[i] & 1) != 0) {
            room++;
            return n;
          }
      """
          + FIRST;

  private static final String UPDATE_OR_DELETE =
      """
          if ((inKinds[i] & 1) == 0) {
            addRow(i, w, r);
          } else {
            subtractRow(i, w, r);
            if (words[w] == 0L) {
              remove(slot);
              outKinds[n] = 3;
              return n + 1;
            }
          }
      """
          .stripTrailing();

  private String merge() {
    return strided(
        """

          public void merge(final GroupTable table) {
            final Groups other = (Groups) table;
            fromWords = other.words;
            fromRefs = other.refs;
            for (int from = 0; from < other.capacity(); from++) {
              final int fw = from * $W;
              final int fr = from * $R;
              if (fromWords[fw] != 0L) {
                final int slot = findRecord(fw, fr);
                mergeGroup(fw, fr, slot * $W, slot * $R);
              }
            }
            fromWords = null;
            fromRefs = null;
          }
        """
            + each(
                "mergeGroup",
                "final int fw, final int fr, final int w, final int r",
                "    words[w] += fromWords[fw];\n",
                CallCode::mergeGroup));
  }

  private String emit() {
    return strided(
        """

          public int emit(final int first, final RowBatch target) {
            bindOut(target);
            final int limit = target.capacity();
            int n = target.size();
            int slot = first;
            for (; slot <= mask && n < limit; slot++) {
              if (words[slot * $W] != 0L) {
                keyResults(slot * $W, slot * $R, n);
                results(slot * $W, slot * $R, n);
                outKinds[n] = 0;
                n++;
              }
            }
            target.size(n);
            return slot;
          }
        """);
  }

  private String each(
      String name, String parameters, String first, Function<CallCode, String> statement) {
    return "\n  private void "
        + name
        + "("
        + parameters
        + ") {\n"
        + first
        + calls.stream().map(statement).collect(Collectors.joining())
        + "  }\n";
  }

  private String same() {
    String test =
        calls.isEmpty()
            ? "true"
            : calls.stream().map(CallCode::isSame).collect(Collectors.joining("\n        && "));
    return "\n  private boolean same(final int a, final int b) {\n    return " + test + ";\n  }\n";
  }
}
