// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.Storage;

/** Code for one value kept in a group, or none. A reference that is not null is there. */
final class KeptValue {
  private static final int NONE = -1;

  private final int word;
  private final int there;
  private final int ref;

  KeptValue(DataType type, RecordLayout layout) {
    boolean hasWord = type.storage() != Storage.REFERENCE;
    word = hasWord ? layout.word() : NONE;
    there = hasWord ? layout.word() : NONE;
    ref = type.storage() != Storage.WORD ? layout.ref(RefCode.value(type)) : NONE;
  }

  String word(String at) {
    return word == NONE ? "0L" : "words[" + at + " + " + word + "]";
  }

  String ref(String at) {
    return ref == NONE ? "null" : "refs[" + at + " + " + ref + "]";
  }

  String wordFrom() {
    return word == NONE ? "0L" : "fromWords[fw + " + word + "]";
  }

  String refFrom() {
    return ref == NONE ? "null" : "fromRefs[fr + " + ref + "]";
  }

  String isAbsent(String at) {
    return there == NONE ? ref("r") + " == null" : "words[" + at + " + " + there + "] == 0L";
  }

  String isAbsentFrom() {
    return there == NONE ? refFrom() + " == null" : "fromWords[fw + " + there + "] == 0L";
  }

  String keep(String v, String x) {
    StringBuilder text = new StringBuilder();
    if (word != NONE) {
      text.append("      %s = %s;\n".formatted(word("w"), v));
      text.append("      words[w + %d] = 1L;\n".formatted(there));
    }
    if (ref != NONE) {
      text.append("      %s = %s;\n".formatted(ref("r"), x));
    }
    return text.toString();
  }

  String forget() {
    String words = word == NONE ? "" : "    words[w + %d] = 0L;\n".formatted(there);
    return ref == NONE ? words : words + "    refs[r + %d] = null;\n".formatted(ref);
  }

  String result(AggregateCode.ResultCell cell) {
    return cell.value(isAbsent("w"), word("w"), ref("r"));
  }
}
