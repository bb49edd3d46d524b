// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** Aggregates that cannot be computed. */
final class AggregateErrors {
  private static final ErrorCode DISTINCT = ErrorCode.of("AGGREGATE", ErrorCategory.SQL, 1);

  private AggregateErrors() {}

  static MillraceException distinctOverSeveral(AggregateCall call) {
    return new MillraceException(
        DISTINCT,
        call + ": DISTINCT over several values is not supported; count one value, or group first");
  }
}
