// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

/** Where the parts of a group lie in its slot. Word 0 counts the group's rows. */
final class RecordLayout {
  private int words = 1;
  private int refs;

  /** The first of so many words. */
  int words(int count) {
    int first = words;
    words += count;
    return first;
  }

  int word() {
    return words(1);
  }

  int ref() {
    return refs++;
  }

  int wordStride() {
    return words;
  }

  int refStride() {
    return refs;
  }
}
