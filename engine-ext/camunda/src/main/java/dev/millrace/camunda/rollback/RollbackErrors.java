// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.MillraceException;
import java.time.Instant;
import java.util.Collection;

/** Why something is not rolled back: 40 to 44. */
final class RollbackErrors {
  /** What an operator may do about a rollback that stopped. */
  private static final String DECIDE =
      "Repair the rows and retry, or resume with 'skip' (such rows stay as they are) or 'force'"
          + " (their old values are put back all the same); what is final stays in either case";

  private RollbackErrors() {}

  /**
   * @param changes what would have been undone
   */
  static MillraceException conflicts(
      String activity, Collection<String> reasons, Collection<String> changes) {
    return BpmnRange.data(
        40,
        "rollback of '%s' found rows that have changed since or effects that are final, and changed"
            + " nothing:\n%s%s\n%s",
        activity,
        String.join("\n", reasons),
        changes.isEmpty() ? "" : "\nwould change:\n" + String.join("\n", changes),
        DECIDE);
  }

  static MillraceException noSuchRun(String runId) {
    return BpmnRange.data(41, "there is no run '%s'", runId);
  }

  static MillraceException orderConflicts(Collection<String> reasons) {
    return BpmnRange.data(
        42,
        "the rollback found rows that have changed since or effects that are final, and changed"
            + " nothing:\n%s\n%s",
        String.join("\n", reasons),
        DECIDE);
  }

  static MillraceException notCompensatable(String processInstance, Instant since) {
    return BpmnRange.data(
        43,
        "process instance '%s' is not compensatable since %s: its journal was removed with its"
            + " history; undo what it did by hand, and give its process a longer historyTimeToLive",
        processInstance,
        since);
  }

  static MillraceException noRuns(String processInstance) {
    return BpmnRange.data(
        44,
        "no run of process instance '%s' is known: there is nothing to roll back",
        processInstance);
  }
}
