// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;

/** What cannot be done with a message that waits: 62 to 64. */
final class InboxErrors {
  private InboxErrors() {}

  static MillraceException inboxFull(long limit) {
    return BpmnRange.error(
        ErrorCategory.RESOURCE,
        62,
        "the inbox holds %d messages that wait for a subscriber or an operator; decide what becomes"
            + " of them, or raise 'millrace.inbox.limit' (now %d; 'inboxLimit' of the plugin)",
        limit,
        limit);
  }

  static MillraceException unknownMessage(long id) {
    return BpmnRange.data(
        63,
        "the inbox has no message %d: its id is wrong, or it was delivered or expired longer than"
            + " 'millrace.inbox.keep' ago; list what is there",
        id);
  }

  static MillraceException messageTaken(long id, String processInstanceId) {
    return BpmnRange.data(
        64,
        "message %d was taken by process instance %s before: it starts no other; look at that"
            + " instance, or start one without it",
        id,
        processInstanceId);
  }
}
