// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.plan.node.Window;
import dev.millrace.runtime.operator.window.WindowClock;
import dev.millrace.runtime.operator.window.WindowProperty;
import dev.millrace.runtime.operator.window.WindowShape;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Windows of a plan to windows of the runtime. */
final class Windows {
  private static final long MICROS_PER_MILLI = 1000;

  private Windows() {}

  static WindowShape shape(Window window) {
    long size = micros(window.size());
    long step = window.kind() == Window.Kind.TUMBLE ? size : micros(window.step());
    if (size <= 0 || step <= 0 || size % step != 0) {
      throw CompileErrors.windowNotMultiple(window);
    }
    WindowShape.Kind kind =
        switch (window.kind()) {
          case TUMBLE -> WindowShape.Kind.TUMBLE;
          case HOP -> WindowShape.Kind.HOP;
          case CUMULATE -> WindowShape.Kind.CUMULATE;
        };
    return new WindowShape(kind, size, step, micros(window.offset()));
  }

  private static long micros(Duration duration) {
    return duration.toMillis() * MICROS_PER_MILLI;
  }

  /** Windows over TIMESTAMP_LTZ are aligned in the session's time zone. */
  static WindowClock clock(Window window, RowType input, ZoneId zone) {
    return input.type(window.timeColumn()).root() == TypeRoot.TIMESTAMP_LTZ
        ? WindowClock.of(zone)
        : WindowClock.plain();
  }

  static WindowProperty[] properties(List<Window.Property> properties) {
    return properties.stream()
        .map(
            property ->
                switch (property) {
                  case START -> WindowProperty.START;
                  case END -> WindowProperty.END;
                  case TIME -> WindowProperty.TIME;
                })
        .toArray(WindowProperty[]::new);
  }
}
