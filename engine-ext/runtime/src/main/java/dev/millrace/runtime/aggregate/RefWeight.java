// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

/**
 * About how much memory the references of a table take: some are looked at with each call, all of
 * them again and again; groups are spread evenly over their table, so that some tell of all.
 * Single-threaded; does not allocate.
 */
final class RefWeight {
  private static final int LOOKED_AT = 256;

  /** So many tell of all. */
  private static final int ENOUGH = 1024;

  private int next;
  private long seenBytes;

  /** What a whole round has found. */
  private long bytes;

  /**
   * Goes on with the round.
   *
   * @param refs of the slots, one after the other
   * @param kinds of a slot's
   */
  long weigh(Object[] refs, RefKind[] kinds) {
    if (refs.length == 0) {
      return 0;
    }
    if (next >= refs.length) {
      next = 0;
      seenBytes = 0;
    }
    int end = Math.min(refs.length, next + LOOKED_AT);
    for (int kind = next % kinds.length; next < end; next++) {
      if (refs[next] != null) {
        seenBytes += kinds[kind].heapBytes(refs[next]);
      }
      kind = kind + 1 == kinds.length ? 0 : kind + 1;
    }
    if (next == refs.length) {
      bytes = seenBytes;
    } else if (next >= ENOUGH) {
      bytes = (long) (seenBytes * ((double) refs.length / next));
    }
    return Math.max(bytes, seenBytes);
  }

  /** There are no references any more. */
  void clear() {
    next = 0;
    seenBytes = 0;
    bytes = 0;
  }
}
