// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** What keeps a plan from being compiled. */
final class CompileErrors {
  private static final ErrorCode SETTING = ErrorCode.of("COMPILE", ErrorCategory.SQL, 1);

  private static final ErrorCode UNSUPPORTED = ErrorCode.of("COMPILE", ErrorCategory.SQL, 2);

  private CompileErrors() {}

  static MillraceException unsupported(String what) {
    return new MillraceException(UNSUPPORTED, what + " cannot be computed yet");
  }

  static MillraceException setting(String key, String value, String expected) {
    return new MillraceException(
        SETTING, "SET '" + key + "' = '" + value + "': expected " + expected);
  }
}
