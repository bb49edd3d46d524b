// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.sql.error.SqlErrors;
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
  private static final int MAX_MESSAGE = 600;

  private CalciteMessages() {}

  static MillraceException syntax(Statement statement, SqlParseException e) {
    Location at = e.getPos() == null ? statement.start() : statement.at(e.getPos());
    if (e.getCause() instanceof CalciteContextException context) {
      return invalid(statement, context);
    }
    String message = EXPECTED.matcher(e.getMessage()).replaceFirst("");
    message = POSITION.matcher(message).replaceFirst("");
    return SqlErrors.syntax(at, readable(message));
  }

  static MillraceException invalid(Statement statement, CalciteContextException e) {
    Location at = statement.at(e.getPosLine(), e.getPosColumn());
    String message = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
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

  static MillraceException unexpected(Statement statement, Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CalciteContextException context) {
        return invalid(statement, context);
      }
      if (cause instanceof SqlParseException parse) {
        return syntax(statement, parse);
      }
      if (cause instanceof MillraceException known) {
        return known.location().isPresent()
            ? known
            : SqlErrors.refusedByConnector(statement.start(), known);
      }
    }
    return SqlErrors.unplannable(statement.start(), e);
  }

  private static String readable(String message) {
    String text = message.strip().replace("org.apache.calcite.", "");
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + " …";
  }
}
