// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.ValueKind;
import java.util.Arrays;

/**
 * A value out of a cell that is not NULL, equal where the cells are.
 *
 * @param word as in the cell; 0 where it has none
 * @param ref as in the cell; null where it has none
 */
record Value(long word, Object ref) {
  /** A node of a map, a count and this. */
  private static final long ENTRY_BYTES = 112;

  /** About how much memory it takes in a map. */
  long heapBytes(ValueKind kind) {
    return ENTRY_BYTES + kind.heapBytes(ref);
  }

  static Value of(long word, Object ref) {
    return new Value(word, ref);
  }

  static Value read(ValueKind kind, StateReader in) {
    return new Value(in.number(), in.value(kind));
  }

  void write(ValueKind kind, StateWriter out) {
    out.number(word);
    out.value(kind, ref);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value value
        && word == value.word
        && (ref instanceof byte[] bytes && value.ref instanceof byte[] others
            ? Arrays.equals(bytes, others)
            : ref == value.ref || (ref != null && ref.equals(value.ref)));
  }

  @Override
  public int hashCode() {
    int hash =
        ref instanceof byte[] bytes ? Arrays.hashCode(bytes) : ref == null ? 0 : ref.hashCode();
    return 31 * hash + Long.hashCode(word);
  }
}
