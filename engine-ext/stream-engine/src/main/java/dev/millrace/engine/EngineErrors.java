// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** What keeps a plan from being run. */
final class EngineErrors {
  private static final ErrorCode SETTING = ErrorCode.of("ENGINE", ErrorCategory.SQL, 1);

  private EngineErrors() {}

  static MillraceException setting(String key, String value, String expected) {
    return new MillraceException(
        SETTING, "SET '" + key + "' = '" + value + "': expected " + expected);
  }
}
