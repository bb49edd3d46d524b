// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** What state cannot hold. */
public final class StateErrors {
  private static final ErrorCode GROUPS = ErrorCode.of("STATE", ErrorCategory.RESOURCE, 1);
  private static final ErrorCode SINGLE = ErrorCode.of("STATE", ErrorCategory.DATA, 2);

  private StateErrors() {}

  static MillraceException tooManyGroups(int groups) {
    return new MillraceException(
        GROUPS, "an aggregate has " + groups + " groups and cannot grow; run it with more lanes");
  }

  /** A scalar subquery has more than one row. */
  public static MillraceException moreThanOneValue() {
    return new MillraceException(SINGLE, "a query used as a value yields more than one row");
  }
}
