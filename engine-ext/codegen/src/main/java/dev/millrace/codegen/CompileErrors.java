// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.plan.node.Window;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** What keeps a plan from being compiled. */
final class CompileErrors {
  private static final ErrorCode SETTING = ErrorCode.of("COMPILE", ErrorCategory.SQL, 1);

  private static final ErrorCode WINDOW = ErrorCode.of("COMPILE", ErrorCategory.SQL, 2);

  private CompileErrors() {}

  static MillraceException windowNotMultiple(Window window) {
    return new MillraceException(
        WINDOW,
        "%s: the size %s must be a positive multiple of %s"
            .formatted(window.kind(), window.size(), window.step()));
  }

  static MillraceException setting(String key, String value, String expected) {
    return new MillraceException(
        SETTING, "SET '" + key + "' = '" + value + "': expected " + expected);
  }
}
