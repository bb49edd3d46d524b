// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/**
 * Why a run failed.
 *
 * @param code as {@link ErrorCode#id()}
 * @param text for a person; holds no secrets
 */
public record RunFailure(ErrorCategory category, String code, String text) {
  public static RunFailure of(MillraceException failure) {
    return new RunFailure(failure.category(), failure.code().id(), failure.report());
  }
}
