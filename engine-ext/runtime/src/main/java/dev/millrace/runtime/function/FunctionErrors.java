// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** Rows for which a function has no value. */
public final class FunctionErrors {
  private static final ErrorCode DIVISION = ErrorCode.of("EXPR", ErrorCategory.DATA, 20);
  private static final ErrorCode CAST = ErrorCode.of("EXPR", ErrorCategory.DATA, 21);
  private static final ErrorCode ARGUMENT = ErrorCode.of("EXPR", ErrorCategory.DATA, 22);

  private static final ErrorCode REGEX = ErrorCode.of("EXPR", ErrorCategory.DATA, 23);

  private static final int MAX_QUOTED = 80;

  private FunctionErrors() {}

  public static MillraceException divisionByZero() {
    return new MillraceException(
        DIVISION, "division by zero; guard the divisor, for example with NULLIF(divisor, 0)");
  }

  public static MillraceException notCast(String text, String type) {
    return new MillraceException(
        CAST, "cannot cast '%s' to %s; TRY_CAST gives NULL instead".formatted(quote(text), type));
  }

  public static MillraceException badArgument(String function, String found, String wanted) {
    return new MillraceException(
        ARGUMENT, "%s: found '%s', expected %s".formatted(function, quote(found), wanted));
  }

  public static MillraceException regexTooCostly() {
    return new MillraceException(
        REGEX,
        "a regular expression takes too many steps on this row;"
            + " avoid nested repetitions and back references");
  }

  private static String quote(String text) {
    return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
  }
}
