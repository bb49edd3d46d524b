// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import java.sql.SQLException;

/** What is wrong with the run of a stream task: 32, 33, 90 and 91. */
final class TaskRunErrors {
  private TaskRunErrors() {}

  static MillraceException activityGone(String activity, String activityInstance) {
    return BpmnRange.error(
        ErrorCategory.INTERNAL,
        32,
        "activity instance '%s' of '%s' has gone without cancelling its run",
        activityInstance,
        activity);
  }

  static MillraceException takenOverTooOften(int taken, int allowed) {
    return BpmnRange.error(
        ErrorCategory.INTERNAL,
        33,
        "its node died %d times while at work on it, which may be what kills it; look for the cause"
            + " (memory, a library's crash), then retry, or raise 'millrace.max-takeovers' (now"
            + " %d)",
        taken,
        allowed);
  }

  /**
   * @param failure that comes of it
   */
  static MillraceException database(SQLException database, Throwable failure) {
    return new MillraceException(
        BpmnRange.code(ErrorCategory.CONNECTOR, 91),
        "a database did not do its part: "
            + database.getMessage()
            + " (SQL state "
            + database.getSQLState()
            + "); it is tried again",
        failure);
  }

  static MillraceException unexpected(Throwable failure) {
    return new MillraceException(
        BpmnRange.code(ErrorCategory.INTERNAL, 90),
        failure.getMessage() == null ? failure.toString() : failure.getMessage(),
        failure);
  }
}
