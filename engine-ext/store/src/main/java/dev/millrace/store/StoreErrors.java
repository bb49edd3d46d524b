// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.sql.SQLException;

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
}
