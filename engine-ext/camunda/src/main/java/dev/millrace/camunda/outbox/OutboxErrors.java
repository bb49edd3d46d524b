// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.outbox;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import java.util.Collection;

/** Why records are not sent: 60 and 61. */
final class OutboxErrors {
  private OutboxErrors() {}

  static MillraceException noPublisher(String target, Collection<String> known) {
    return BpmnRange.error(
        ErrorCategory.CONNECTOR,
        60,
        "records wait to be sent to '%s', and no connector here sends there; there are %s",
        target,
        known);
  }

  static MillraceException outboxBehind(String target, long taken, long committed) {
    return BpmnRange.error(
        ErrorCategory.INTERNAL,
        61,
        "'%s' has taken record %s of this outbox, which has only committed %s: was the engine's"
            + " database put back to an older state? Set MR_OUTBOX_COUNTER.LAST_SEQ of that target"
            + " to %s or more once it is clear what was sent",
        target,
        taken,
        committed,
        taken);
  }
}
