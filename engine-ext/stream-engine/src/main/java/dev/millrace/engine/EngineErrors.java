// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.Collection;

/** What keeps a plan from being run, or from going on. */
final class EngineErrors {
  private static final ErrorCode SETTING = ErrorCode.of("ENGINE", ErrorCategory.SQL, 1);

  private static final ErrorCode DEAD_LETTERS = ErrorCode.of("ENGINE", ErrorCategory.RESOURCE, 2);

  private static final ErrorCode RUN_TIME = ErrorCode.of("ENGINE", ErrorCategory.RESOURCE, 3);
  private static final ErrorCode DEAD_RATE = ErrorCode.of("ENGINE", ErrorCategory.DATA, 10);
  private static final ErrorCode NO_RECORDS = ErrorCode.of("ENGINE", ErrorCategory.DATA, 11);
  private static final ErrorCode NO_TABLE = ErrorCode.of("ENGINE", ErrorCategory.DATA, 12);
  private static final ErrorCode REPLAYED_VALUE = ErrorCode.of("ENGINE", ErrorCategory.DATA, 13);
  private static final ErrorCode NOT_READ_AGAIN = ErrorCode.of("ENGINE", ErrorCategory.DATA, 17);
  private static final ErrorCode TAKEN = ErrorCode.of("ENGINE", ErrorCategory.DATA, 16);
  private static final ErrorCode STATEFUL = ErrorCode.of("ENGINE", ErrorCategory.DATA, 14);
  private static final ErrorCode NO_SNAPSHOT = ErrorCode.of("ENGINE", ErrorCategory.SQL, 6);

  private static final ErrorCode CEILING = ErrorCode.of("ENGINE", ErrorCategory.SQL, 15);

  private static final ErrorCode STATE_NOT_READ =
      ErrorCode.of("ENGINE", ErrorCategory.CONNECTOR, 4);

  private static final ErrorCode SNAPSHOT_NOT_STORED =
      ErrorCode.of("ENGINE", ErrorCategory.CONNECTOR, 5);

  private EngineErrors() {}

  static MillraceException tookTooLong(String key, Duration max) {
    return new MillraceException(
        RUN_TIME,
        "the run has not ended within %d ms; give it less to do, or raise '%s'"
            .formatted(max.toMillis(), key));
  }

  static MillraceException deadRate(long dead, long rows, String key, double max) {
    return new MillraceException(
        DEAD_RATE,
        "%d of %d rows cannot be processed, more than '%s' = %s allows; correct them or their script"
            .formatted(dead, rows, key, max));
  }

  static MillraceException noRecords(String table) {
    return new MillraceException(
        NO_RECORDS,
        "the source of table '%s' cannot read single records again; replay rows instead"
            .formatted(table));
  }

  static MillraceException noTable(String table, String script) {
    return new MillraceException(
        NO_TABLE, "script '%s' does not use a table '%s'".formatted(script, table));
  }

  static MillraceException replayedValue(String table, String column, String problem) {
    return new MillraceException(
        REPLAYED_VALUE, "column %s of table '%s': %s".formatted(column, table, problem));
  }

  static MillraceException statefulReplay(String script) {
    return new MillraceException(
        STATEFUL,
        ("'%s' groups, joins or counts over rows it has read before, and has ended: a row that is"
                + " replayed alone would meet none of them; correct the row where it comes from, and"
                + " run the script again")
            .formatted(script));
  }

  /** A record cannot be read, for a reason that is no category's. */
  static MillraceException notReadAgain(String table, Exception cause) {
    return new MillraceException(
        NOT_READ_AGAIN,
        "the record cannot be read as one of '%s': %s".formatted(table, cause),
        cause);
  }

  static MillraceException statefulReplay(String script, String table) {
    return new MillraceException(
        TAKEN,
        ("'%s' remembers rows, and more than what failed has taken this one: sent through '%s' again"
                + " it would be counted twice. Correct what came of it where it was written, or"
                + " discard the letter")
            .formatted(script, table));
  }

  static MillraceException tooManyDeadLetters(String key, long max) {
    return new MillraceException(
        DEAD_LETTERS,
        "more than %d rows cannot be processed; correct them, or raise '%s'".formatted(max, key));
  }

  static MillraceException noGoodSnapshot(int damaged) {
    return new MillraceException(
        NO_SNAPSHOT,
        ("all %d stored snapshots are damaged: the state is lost. Restore the database, or give the"
                + " state up with SET 'millrace.on-redeploy' = 'discard-state' and deploy again")
            .formatted(damaged));
  }

  static MillraceException snapshotNotStored(Exception cause) {
    return new MillraceException(
        SNAPSHOT_NOT_STORED,
        "the snapshot that was asked for was not stored, and is tried again: " + cause.getMessage(),
        cause);
  }

  static MillraceException stateNotRead(Exception cause) {
    return new MillraceException(
        STATE_NOT_READ, "the stored state cannot be read: " + cause.getMessage(), cause);
  }

  static MillraceException aboveCeiling(String key, String value, String ceiling) {
    return new MillraceException(
        CEILING,
        "SET '%s' = '%s': this engine allows '%s' at most; ask for less, or have its operator raise millrace.limits.%s"
            .formatted(key, value, ceiling, key.substring(key.indexOf('.') + 1)));
  }

  static MillraceException unknownCeiling(String key, Collection<String> known) {
    return new MillraceException(
        CEILING, "millrace.limits.%s is no limit; there are %s".formatted(key, known));
  }

  static MillraceException ceilingValue(String key, String value, String example) {
    return new MillraceException(
        CEILING,
        "millrace.limits.%s = '%s': expected a value such as '%s'".formatted(key, value, example));
  }

  static MillraceException setting(String key, String value, String expected) {
    return new MillraceException(
        SETTING, "SET '" + key + "' = '" + value + "': expected " + expected);
  }
}
