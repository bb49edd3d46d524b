// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.sql.error.SqlErrors;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;

/** Calcite's exceptions as errors for people: what it says, without its internals. */
final class CalciteMessages {
  private static final Pattern EXPECTED = Pattern.compile("(?s)\\s*Was expecting.*");
  private static final Pattern POSITION = Pattern.compile("(?s)\\s+at line \\d+, column \\d+.*");
  private static final Pattern UNKNOWN_TABLE = Pattern.compile("Object '(.*)' not found.*");
  private static final Pattern UNKNOWN_FUNCTION =
      Pattern.compile("No match found for function signature (.*)");
  private static final String NO_QUERY = "expected a query or a statement of Flink SQL";
  private static final int MAX_MESSAGE = 600;

  private CalciteMessages() {}

  static MillraceException syntax(Statement statement, SqlParseException e) {
    Location at = e.getPos() == null ? statement.start() : statement.at(e.getPos());
    if (e.getCause() instanceof CalciteContextException context) {
      return invalid(statement, context);
    }
    if (overflowed(e) || e.getMessage() == null) {
      return SqlErrors.tooDeep(statement.start());
    }
    String message = EXPECTED.matcher(e.getMessage()).replaceFirst("");
    message = POSITION.matcher(message).replaceFirst("");
    return SqlErrors.syntax(at, readable(message));
  }

  static MillraceException invalid(Statement statement, CalciteContextException e) {
    Location at = statement.at(e.getPosLine(), e.getPosColumn());
    if (overflowed(e)) {
      return SqlErrors.tooDeep(statement.start());
    }
    String message =
        e.getCause() == null || e.getCause().getMessage() == null
            ? e.toString()
            : e.getCause().getMessage();
    Matcher table = UNKNOWN_TABLE.matcher(message);
    if (table.matches()) {
      return SqlErrors.notDeclared(at, table.group(1));
    }
    Matcher function = UNKNOWN_FUNCTION.matcher(message);
    if (function.matches()) {
      return SqlErrors.unsupported(at, "function " + function.group(1));
    }
    if (message.startsWith("Illegal use of 'NULL'")) {
      return SqlErrors.invalid(at, "a bare NULL has no type; write CAST(NULL AS …)");
    }
    return SqlErrors.invalid(at, readable(message));
  }

  /** Empty if the cause of all is an error already told. */
  static Optional<MillraceException> unexpected(Statement statement, Throwable e) {
    if (overflowed(e)) {
      return Optional.of(SqlErrors.tooDeep(statement.start()));
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CalciteContextException context) {
        return Optional.of(invalid(statement, context));
      }
      if (cause instanceof AlreadyReported) {
        return Optional.empty();
      }
      if (cause instanceof SqlParseException parse) {
        return Optional.of(syntax(statement, parse));
      }
      if (cause instanceof MillraceException known) {
        return Optional.of(
            known.location().isPresent()
                ? known
                : SqlErrors.refusedByConnector(statement.start(), known));
      }
    }
    return Optional.of(SqlErrors.unplannable(statement.start(), e));
  }

  private static boolean overflowed(Throwable e) {
    return e instanceof StackOverflowError || (e.getCause() != null && overflowed(e.getCause()));
  }

  private static String readable(String message) {
    String text =
        message
            .strip()
            .replace("Non-query expression encountered in illegal context", NO_QUERY)
            .replace("VARCHAR(" + Integer.MAX_VALUE + ")", "STRING")
            .replace("VARBINARY(" + Integer.MAX_VALUE + ")", "BYTES")
            .replaceAll("\\s*\\R\\s*", ", ");
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + " …";
  }
}
