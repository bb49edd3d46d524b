// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.DateTimeException;
import java.util.regex.Pattern;

/** The failures of a run. */
public final class RunErrors {
  private static final ErrorCode CONNECTOR = ErrorCode.of("RUN", ErrorCategory.CONNECTOR, 1);
  private static final ErrorCode ROW = ErrorCode.of("RUN", ErrorCategory.DATA, 2);
  private static final ErrorCode INTERNAL = ErrorCode.of("RUN", ErrorCategory.INTERNAL, 3);
  private static final ErrorCode LETTERS = ErrorCode.of("RUN", ErrorCategory.RESOURCE, 5);
  private static final ErrorCode MEMORY = ErrorCode.of("RUN", ErrorCategory.RESOURCE, 6);
  private static final ErrorCode TENANT_MEMORY = ErrorCode.of("RUN", ErrorCategory.RESOURCE, 7);
  private static final ErrorCode STATE_LIMIT = ErrorCode.of("RUN", ErrorCategory.RESOURCE, 4);

  /** Connection exceptions; PostgreSQL shutting down; H2's database closed or closing. */
  private static final Pattern LOST_CONNECTION =
      Pattern.compile("08...|25P0.|57P0.|90067|90098|90121");

  private RunErrors() {}

  /** A row that could not be processed, where the setting is to fail. */
  public static MillraceException row(String record, String position, Exception cause) {
    String where = position.isEmpty() ? "" : " at " + position;
    return new MillraceException(
        ROW,
        "cannot process "
            + record
            + where
            + ": "
            + message(cause)
            + "; correct it, or set 'millrace.on-data-error' = 'dead-letter' to put such rows aside",
        cause);
  }

  /** A source finds nothing but records it cannot read. */
  static MillraceException lettersInARow(long max) {
    return new MillraceException(
        LETTERS,
        "more than %d records in a row cannot be read: the format is not what the table says, or"
                .formatted(max)
            + " raise 'millrace.max-staged-rows'");
  }

  /**
   * State has outgrown what one table can hold.
   *
   * @param what holds it
   */
  public static MillraceException stateLimit(String what, long groups) {
    return new MillraceException(
        STATE_LIMIT,
        what + " holds " + groups + " groups and cannot grow; use more lanes or shorter windows");
  }

  /** A run remembers too much. */
  static MillraceException memory(long heldBytes, long limitBytes) {
    return new MillraceException(
        MEMORY,
        ("groups, windows and joins of the run, and what waits for its commit, take about %,d bytes"
                + " of memory, more than the %,d allowed; keep fewer groups, shorter windows or"
                + " fewer rows in joins, write fewer rows in a run, or raise"
                + " 'millrace.max-memory'")
            .formatted(heldBytes, limitBytes));
  }

  /** The runs of a tenant remember too much together. */
  static MillraceException tenantMemory(String tenant, long heldBytes, long limitBytes) {
    return new MillraceException(
        TENANT_MEMORY,
        ("groups, windows and joins of all runs of tenant '%s' on this node, and what waits for"
                + " their commits, take about %,d bytes of memory, more than the %,d allowed by millrace.max-memory-per-tenant")
            .formatted(tenant, heldBytes, limitBytes));
  }

  /** True if trying again would meet the same limit. */
  public static boolean isMemory(MillraceException failure) {
    return failure.code().equals(MEMORY);
  }

  /**
   * Gives a failure the category that decides the reaction.
   *
   * @param where the vertex or thread it was thrown in
   */
  static MillraceException categorised(String where, Exception failure) {
    if (failure instanceof MillraceException known) {
      return known;
    }
    if (failure instanceof IOException
        || failure instanceof SQLException
        || failure instanceof UncheckedIOException
        || isConnectionLost(failure)) {
      return new MillraceException(CONNECTOR, where + ": " + message(failure), failure);
    }
    if (failure instanceof ArithmeticException
        || failure instanceof DateTimeException
        || failure instanceof NumberFormatException) {
      return new MillraceException(ROW, where + ": " + message(failure), failure);
    }
    return new MillraceException(
        INTERNAL,
        where + ": " + failure.getClass().getSimpleName() + ": " + message(failure),
        failure);
  }

  /** Also where a host's transaction has wrapped it: a database that is away may come back. */
  private static boolean isConnectionLost(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLTransientException
          || each instanceof SQLRecoverableException
          || (each instanceof SQLException sql
              && sql.getSQLState() != null
              && LOST_CONNECTION.matcher(sql.getSQLState()).matches())) {
        return true;
      }
    }
    return false;
  }

  private static String message(Exception failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
