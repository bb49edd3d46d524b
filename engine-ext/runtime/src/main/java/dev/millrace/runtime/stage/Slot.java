// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.List;

/**
 * What crosses a ring at once: rows, then perhaps a watermark, a change of idleness, the end.
 * Belongs to the writer until published, to the reader until it moves on; preallocated.
 */
final class Slot {
  private final RowBatch batch;
  private long watermark;
  private boolean end;
  private byte idle;
  private String position;
  private List<HeldLetters.Letter> letters = List.of();

  /**
   * @param rows with which it is full; those recorded with more may be put into it all the same
   */
  Slot(RowType type, int rows) {
    batch = new RowBatch(type);
    batch.limit(rows);
  }

  void reset() {
    batch.clear();
    batch.split(null, 0);
    watermark = Long.MIN_VALUE;
    end = false;
    idle = 0;
    position = null;
    letters = List.of();
  }

  RowBatch batch() {
    return batch;
  }

  /** {@link Long#MIN_VALUE} if none. */
  long watermark() {
    return watermark;
  }

  void watermark(long micros) {
    watermark = micros;
  }

  /** Whether idleness changes behind these rows. */
  boolean changesIdle() {
    return idle != 0;
  }

  boolean idle() {
    return idle > 0;
  }

  void idle(boolean now) {
    idle = (byte) (now ? 1 : -1);
  }

  boolean end() {
    return end;
  }

  void markEnd() {
    end = true;
  }

  /** Of the source behind these rows, or null. */
  String position() {
    return position;
  }

  void position(String behind) {
    position = behind;
  }

  /** What the source could not read before that position. */
  List<HeldLetters.Letter> letters() {
    return letters;
  }

  void letters(List<HeldLetters.Letter> unread) {
    letters = unread;
  }
}
