// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan.node;

import dev.millrace.spi.type.RowType;
import java.time.Duration;

/**
 * A window over event time, aligned to the epoch (of the session's zone for TIMESTAMP_LTZ) plus an
 * offset.
 *
 * @param timeColumn the event time column of the input
 * @param size of a window; the largest one for CUMULATE
 * @param step the slide of HOP, the step of CUMULATE; the size for TUMBLE
 * @param offset of window starts
 */
public record Window(Kind kind, int timeColumn, Duration size, Duration step, Duration offset) {
  /** As Flink's window table-valued functions. */
  public enum Kind {
    TUMBLE,
    HOP,
    CUMULATE
  }

  /** A column a window adds to its rows. */
  public enum Property {
    START,
    END,
    /** The end less one millisecond: the event time of what the window emits. */
    TIME
  }

  String describe(RowType input) {
    String text = kind + "(time_col=[" + input.name(timeColumn) + "], size=[" + size + "]";
    if (kind != Kind.TUMBLE) {
      text += ", step=[" + step + "]";
    }
    return offset.isZero() ? text + ")" : text + ", offset=[" + offset + "])";
  }
}
