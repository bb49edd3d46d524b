// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.error;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** Numbers its errors; only catalogues ask it. Messages are {@linkplain String#format formats}. */
public final class BpmnRange {
  private BpmnRange() {}

  /** What the author of a model, a script or a setting has to put right. */
  public static MillraceException sql(int number, String message, Object... values) {
    return error(ErrorCategory.SQL, number, message, values);
  }

  /** What the state of things forbids. */
  public static MillraceException data(int number, String message, Object... values) {
    return error(ErrorCategory.DATA, number, message, values);
  }

  public static MillraceException error(
      ErrorCategory category, int number, String message, Object... values) {
    return new MillraceException(code(category, number), message.formatted(values));
  }

  /** For messages that are told by another. */
  public static ErrorCode code(ErrorCategory category, int number) {
    return ErrorCode.of("BPMN", category, number);
  }
}
