// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.sql.SQLException;
import java.time.Instant;

/** What can go wrong in the store. */
final class StoreErrors {
  private static final String RANGE = "STORE";

  private StoreErrors() {}

  static MillraceException journalNotWritten(String runId, SQLException cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.CONNECTOR, 1),
        "the journal of run %s could not be written: %s".formatted(runId, cause.getMessage()),
        cause);
  }

  static MillraceException journalFull(String runId, long max) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.RESOURCE, 21),
        "run %s changes more than %d rows, which its journal must hold; let it change fewer, or raise"
                .formatted(runId, max)
            + " 'millrace.max-journal-effects'");
  }

  static MillraceException quota(
      String tenant, long amount, String noun, long quota, String property) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.RESOURCE, 22),
        "tenant '%s' would have %,d %s, and may have %,d (%s): let it use up or discard some, or raise the limit"
            .formatted(tenant, amount, noun, quota, property));
  }

  static MillraceException unknownRun(String runId) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.INTERNAL, 2), "there is no run %s".formatted(runId));
  }

  static MillraceException notUndoable(Run run) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.INTERNAL, 3),
        "run %s of activity %s is %s: only a run that has ended can be undone"
            .formatted(run.id(), run.origin().activityId(), run.state()));
  }

  static MillraceException claimedByHandler(Run run) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 4),
        "run %s of activity %s is being undone by a compensation handler of process instance %s: let"
                .formatted(run.id(), run.origin().activityId(), run.origin().processInstanceId())
            + " it end, or resume it if it has an incident");
  }

  static MillraceException outboxFull(String target, long limit) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.RESOURCE, 20),
        "%d records wait to be sent to %s, which is all that may: see that it answers, or raise 'millrace.outbox-limit' ('outboxLimit' of the plugin)"
            .formatted(limit, target));
  }

  static MillraceException forgotten(String processInstanceId, Instant since) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 5),
        "process instance %s is not compensatable since %s: its journal was removed with its history; undo what it did by hand, and give its process a longer historyTimeToLive"
            .formatted(processInstanceId, since));
  }

  static MillraceException channelFull(String channel, long max) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.RESOURCE, 10),
        "channel '%s' holds %d events that a reader has not passed or that are not old enough to go; let its readers catch up, or raise 'max-events' of the table"
            .formatted(channel, max));
  }

  static MillraceException pipelineTaken(String pipeline, SQLException cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.SQL, 7),
        "a pipeline named '%s' was deployed by others at this very moment; deploy yours again, or choose another 'pipeline.name'"
            .formatted(pipeline),
        cause);
  }

  static MillraceException traceMissing(String pipeline, long from, long to, int found) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.SQL, 6),
        ("pipeline '%s' cannot go on: of what it has read between its commits %d and %d, %d of %d"
                + " traces are there; restore MR_TRACE, or give its state up with SET"
                + " 'millrace.on-redeploy' = 'discard-state' and deploy it again")
            .formatted(pipeline, from, to, found, to - from));
  }
}
