// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.window;

/**
 * Where windows begin and end, in microseconds of the windows' time. Immutable.
 *
 * @param kind how windows follow each other
 * @param size of a window; the largest of CUMULATE; a multiple of the slice
 * @param slice what rows are added to: the slide of HOP, the step of CUMULATE, the size of TUMBLE
 * @param offset of the first window's start from 1970-01-01T00:00
 */
public record WindowShape(Kind kind, long size, long slice, long offset) {
  /** As Flink's window table-valued functions. */
  public enum Kind {
    TUMBLE,
    HOP,
    CUMULATE
  }

  /** The start of the slice a time lies in. */
  public long sliceStart(long time) {
    return time - Math.floorMod(time - offset, slice);
  }

  /** The end of the last window a slice belongs to. */
  public long lastEnd(long sliceStart) {
    return kind == Kind.CUMULATE
        ? sliceStart - Math.floorMod(sliceStart - offset, size) + size
        : sliceStart + size;
  }

  /** The start of the window that ends so. */
  public long windowStart(long end) {
    return kind == Kind.CUMULATE ? end - 1 - Math.floorMod(end - 1 - offset, size) : end - size;
  }
}
