// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

/**
 * MIN, MAX, FIRST_VALUE and LAST_VALUE of rows that may be taken back: all values, as an object of
 * the group.
 *
 * @param ref where it is
 * @param className of {@code runtime.aggregate}
 * @param creation an expression that makes it
 * @param last the result is its last value, else its first
 */
record CollectionCode(int ref, String className, String creation, boolean last)
    implements AggregateCode {
  private String object() {
    return "((" + className + ") refs[r + " + ref + "])";
  }

  private String create() {
    return "    if (refs[r + %1$d] == null) {\n      refs[r + %1$d] = %2$s;\n    }\n"
        .formatted(ref, creation);
  }

  @Override
  public String add() {
    return create() + "    " + object() + ".add(v, x);\n";
  }

  @Override
  public String subtract() {
    return "    if (refs[r + %d] != null) {\n      %s.remove(v, x);\n    }\n"
        .formatted(ref, object());
  }

  @Override
  public String merge() {
    return "    if (fromRefs[fr + %d] != null) {\n%s      %s.addAll((%s) fromRefs[fr + %1$d]);\n    }\n"
        .formatted(ref, create().indent(2), object(), className);
  }

  @Override
  public String result(ResultCell cell) {
    String local =
        "    final %1$s values = (%1$s) refs[r + %2$d];\n".formatted(className, ref)
            + "    final boolean none = values == null || values.isEmpty();\n";
    String word = "values.word(" + last + ")";
    String value = "values.ref(" + last + ")";
    return local
        + switch (cell.type().storage()) {
          case WORD -> cell.word("none", word);
          case REFERENCE -> cell.ref("none ? null : " + value);
          case WIDE_DECIMAL -> cell.word("none", word) + cell.ref("none ? null : " + value);
        };
  }
}
