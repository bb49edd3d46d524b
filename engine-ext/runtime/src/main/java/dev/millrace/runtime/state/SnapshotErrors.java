// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.state;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;

/** What is wrong with a snapshot, or with what shall be replayed behind it. */
public final class SnapshotErrors {
  private static final ErrorCode DAMAGED = ErrorCode.of("SNAPSHOT", ErrorCategory.INTERNAL, 1);
  private static final ErrorCode TOO_LARGE = ErrorCode.of("SNAPSHOT", ErrorCategory.RESOURCE, 2);
  private static final ErrorCode VERSION = ErrorCode.of("SNAPSHOT", ErrorCategory.INTERNAL, 3);
  private static final ErrorCode OTHER_PLAN = ErrorCode.of("SNAPSHOT", ErrorCategory.SQL, 4);
  private static final ErrorCode SOURCE_SHORT = ErrorCode.of("SNAPSHOT", ErrorCategory.DATA, 5);

  private static final ErrorCode NOT_REPEATABLE = ErrorCode.of("SNAPSHOT", ErrorCategory.SQL, 6);

  private static final ErrorCode SOURCE_LONG = ErrorCode.of("SNAPSHOT", ErrorCategory.DATA, 7);

  private SnapshotErrors() {}

  static MillraceException damaged(String how) {
    return new MillraceException(DAMAGED, "the snapshot is damaged: " + how);
  }

  /** Whether a snapshot's bytes are at fault: another one may be good. */
  public static boolean isDamage(MillraceException error) {
    return error.code().equals(DAMAGED);
  }

  /** Whether a state is too large to be kept. */
  public static boolean isLimit(MillraceException error) {
    return error.code().equals(TOO_LARGE);
  }

  static MillraceException version(int found, int known) {
    return new MillraceException(
        VERSION,
        "the snapshot has format %d, this release reads %d: start the release that wrote it"
            .formatted(found, known));
  }

  /** What was recorded behind a snapshot was so by another release. */
  public static MillraceException traceVersion(long found, int known) {
    return new MillraceException(
        VERSION,
        ("what was read since the newest snapshot is recorded in format %d, this release reads %d:"
                + " start the release that wrote it and take a checkpoint")
            .formatted(found, known));
  }

  static MillraceException tooLarge(long limitBytes) {
    return new MillraceException(
        TOO_LARGE,
        ("the state is larger than %d bytes: raise 'millrace.max-state-bytes', or keep fewer"
                + " groups, shorter windows or fewer rows in joins")
            .formatted(limitBytes));
  }

  /**
   * The snapshot is of another plan.
   *
   * @param what it holds, or lacks
   */
  public static MillraceException otherPlan(String what) {
    return new MillraceException(
        OTHER_PLAN,
        "the stored state does not fit the script: "
            + what
            + "; deploy the script under another 'pipeline.name', drain the pipeline first, or give"
            + " up its state with SET 'millrace.on-redeploy' = 'discard-state'");
  }

  /** What was done behind a snapshot would not come out the same. */
  public static MillraceException notRepeatable() {
    return new MillraceException(
        NOT_REPEATABLE,
        "the newest snapshot is damaged, and what was done since the one before it cannot be done"
            + " again: random numbers, lookups or a source that cannot go back reach the state."
            + " Restore the database, or give the state up with SET 'millrace.on-redeploy' ="
            + " 'discard-state' and deploy again");
  }

  /** A source has fewer rows than were read from it before. */
  public static MillraceException sourceShort(String table, long missing) {
    return new MillraceException(
        SOURCE_SHORT,
        ("source '%s' has %d rows fewer than were read before: its state cannot be rebuilt. Bring"
                + " the rows back, or give up the state with SET 'millrace.on-redeploy' ="
                + " 'discard-state' and deploy again")
            .formatted(table, missing));
  }

  /** A part of a source has more rows in front of where it was read to than were read. */
  public static MillraceException sourceLong(String table, String part) {
    return new MillraceException(
        SOURCE_LONG,
        ("part '%s' of source '%s' has more rows than were read of it before: other rows, or another"
                + " format, so that its state cannot be rebuilt. Bring back what it was, or give up"
                + " the state with SET 'millrace.on-redeploy' = 'discard-state' and deploy again")
            .formatted(part, table));
  }

  /** Rows were read part by part of a source that by now has none. */
  public static MillraceException noParts(String table) {
    return otherPlan("it was fed with parts of '" + table + "', which cannot be read part by part");
  }
}
