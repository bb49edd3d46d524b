// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

/**
 * COUNT.
 *
 * @param word where it is; 0 counts the group's rows anyway
 */
record CountCode(int word) implements AggregateCode {
  @Override
  public String add() {
    return word == 0 ? "" : "    words[w + %d]++;\n".formatted(word);
  }

  @Override
  public String subtract() {
    return word == 0 ? "" : "    words[w + %d]--;\n".formatted(word);
  }

  @Override
  public String merge() {
    return word == 0 ? "" : "    words[w + %1$d] += fromWords[fw + %1$d];\n".formatted(word);
  }

  @Override
  public String result(ResultCell cell) {
    return cell.word("words[w + " + word + "]");
  }
}
