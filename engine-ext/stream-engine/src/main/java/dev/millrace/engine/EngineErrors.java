// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** What keeps a plan from being run, or from going on. */
final class EngineErrors {
  private static final ErrorCode SETTING = ErrorCode.of("ENGINE", ErrorCategory.SQL, 1);

  private static final ErrorCode DEAD_LETTERS = ErrorCode.of("ENGINE", ErrorCategory.RESOURCE, 2);

  private EngineErrors() {}

  static MillraceException tooManyDeadLetters(String key, long max) {
    return new MillraceException(
        DEAD_LETTERS,
        "more than %d rows cannot be processed; correct them, or raise '%s'".formatted(max, key));
  }

  static MillraceException setting(String key, String value, String expected) {
    return new MillraceException(
        SETTING, "SET '" + key + "' = '" + value + "': expected " + expected);
  }
}
