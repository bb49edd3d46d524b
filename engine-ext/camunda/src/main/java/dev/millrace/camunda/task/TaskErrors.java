// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.task;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;

/** What is wrong with an activity that is a stream task: 30 and 31. */
public final class TaskErrors {
  private TaskErrors() {}

  public static MillraceException foreignSignal(String activity) {
    return BpmnRange.data(
        30,
        "stream task '%s' is completed by its run; a signal from elsewhere is refused",
        activity);
  }

  public static MillraceException taskNotValidated(String activity) {
    return BpmnRange.error(
        ErrorCategory.SQL,
        31,
        "stream task '%s' was deployed without Millrace and is not valid; deploy its model again to"
            + " see what is wrong",
        activity);
  }
}
