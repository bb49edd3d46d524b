// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

/**
 * LISTAGG.
 *
 * @param ref where its {@code TextList} is
 */
record ListCode(int ref) implements AggregateCode {
  private String list() {
    return "((TextList) refs[r + " + ref + "])";
  }

  /** A statement that sets the separator, in code that runs before {@link #add}. */
  String separate(String separator) {
    return create() + "    %s.separator(%s);\n".formatted(list(), separator);
  }

  private String create() {
    return "    if (refs[r + %1$d] == null) {\n      refs[r + %1$d] = new TextList();\n    }\n"
        .formatted(ref);
  }

  @Override
  public String add() {
    return create() + "    " + list() + ".add(x);\n";
  }

  @Override
  public String subtract() {
    return "    if (refs[r + %d] != null) {\n      %s.remove(x);\n    }\n".formatted(ref, list());
  }

  @Override
  public String merge() {
    return "    if (fromRefs[fr + %d] != null) {\n%s      %s.addAll((TextList) fromRefs[fr + %1$d]);\n    }\n"
        .formatted(ref, create().indent(2), list());
  }

  @Override
  public String result(ResultCell cell) {
    return cell.ref("refs[r + %d] == null ? null : %s.joined()".formatted(ref, list()));
  }
}
