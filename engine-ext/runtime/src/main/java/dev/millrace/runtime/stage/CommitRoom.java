// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

/**
 * How many rows the next commit can still take. Single-threaded: of the stage that reads, which
 * also calls the {@link Boundary}; does not allocate.
 */
public final class CommitRoom {
  /** Takes whatever comes; of any thread. */
  public static final CommitRoom BOUNDLESS = new CommitRoom(Long.MAX_VALUE);

  private final long rows;
  private long left;
  private boolean crowded;

  /**
   * @param rows a commit takes at most, 1 or more
   */
  public CommitRoom(long rows) {
    this.rows = rows;
    left = rows;
  }

  /** The largest batch that fits into any commit. */
  int largest(int capacity) {
    return (int) Math.min(capacity, rows);
  }

  /** How many rows may be read now; with none, a commit must come first. */
  int next(int capacity) {
    if (left <= 0) {
      crowded = true;
    }
    return (int) Math.min(capacity, Math.max(0, left));
  }

  /** Whether rows that are read already may go on now; else a commit must come first. */
  boolean fits(int count) {
    boolean fits = count <= left || left == rows;
    if (!fits) {
      crowded = true;
    }
    return fits;
  }

  void take(int count) {
    if (rows != Long.MAX_VALUE) {
      left -= count;
    }
  }

  /** Whether rows wait that do not fit. */
  public boolean isCrowded() {
    return crowded;
  }

  /** All that was read is committed. */
  public void clear() {
    left = rows;
    crowded = false;
  }
}
