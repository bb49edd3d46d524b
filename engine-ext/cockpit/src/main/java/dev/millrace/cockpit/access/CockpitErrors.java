// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.access;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** The catalogue of this module. */
public final class CockpitErrors {
  private static final String RANGE = "REST";

  private CockpitErrors() {}

  /** Also for what belongs to a tenant that is not the user's. */
  public static MillraceException notFound(String what, String id) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 1), "there is no %s '%s'".formatted(what, id));
  }

  public static MillraceException badRequest(String what) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.DATA, 2), what);
  }

  /** What is asked for does not fit what it is asked of. */
  public static MillraceException conflict(String what) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.DATA, 3), what);
  }

  public static MillraceException notInstalled(String engine) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.SQL, 4),
        "process engine '%s' has no Millrace: add its plugin".formatted(engine));
  }
}
