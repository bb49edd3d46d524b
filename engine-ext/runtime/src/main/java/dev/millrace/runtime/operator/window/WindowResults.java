// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.window;

import dev.millrace.runtime.aggregate.GroupTable;
import dev.millrace.runtime.operator.Output;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.Arrays;

/** Writes the groups of windows that are over. Single-threaded; does not allocate. */
final class WindowResults {
  private static final long MICROS_PER_MILLI = 1000;

  private final WindowShape shape;
  private final WindowClock clock;
  private final WindowProperty[] properties;
  private final int firstProperty;
  private final RowBatch result;

  /**
   * @param output keys, results, then properties
   */
  WindowResults(WindowShape shape, WindowClock clock, WindowProperty[] properties, RowType output) {
    this.shape = shape;
    this.clock = clock;
    this.properties = properties;
    firstProperty = output.size() - properties.length;
    result = new RowBatch(output);
  }

  /** Appends the groups of the window with that end. */
  void emit(GroupTable groups, long end, Output out) throws Exception {
    for (int slot = 0; slot < groups.capacity(); ) {
      int from = result.size();
      slot = groups.emit(slot, result);
      for (int i = 0; i < properties.length; i++) {
        int column = firstProperty + i;
        Arrays.fill(result.words(column), from, result.size(), value(properties[i], end));
        Arrays.fill(result.nulls(column), from, result.size(), false);
      }
      if (result.isFull()) {
        flush(out);
      }
    }
  }

  private long value(WindowProperty property, long end) {
    return switch (property) {
      case START -> shape.windowStart(end);
      case END -> end;
      case TIME -> clock.toEventTime(end - MICROS_PER_MILLI);
    };
  }

  void flush(Output out) throws Exception {
    if (!result.isEmpty()) {
      out.rows(result);
      result.clear();
    }
  }
}
