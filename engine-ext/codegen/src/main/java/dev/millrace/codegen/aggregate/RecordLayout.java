// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Where the parts of a group lie in its slot. Word 0 counts the group's rows. */
final class RecordLayout {
  private int words = 1;
  private final List<RefCode> refs = new ArrayList<>();

  /** The first of so many words. */
  int words(int count) {
    int first = words;
    words += count;
    return first;
  }

  int word() {
    return words(1);
  }

  int ref(RefCode kind) {
    refs.add(kind);
    return refs.size() - 1;
  }

  int wordStride() {
    return words;
  }

  int refStride() {
    return refs.size();
  }

  /** The kinds of all references, as elements of an array. */
  String refKinds() {
    return refs.stream().map(RefCode::source).collect(Collectors.joining(", "));
  }
}
