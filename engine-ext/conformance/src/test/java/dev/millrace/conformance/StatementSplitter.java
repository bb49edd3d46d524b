// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts a script at the semicolons that end a statement, as Flink's SQL client does. */
final class StatementSplitter {
  private static final Pattern SET_END = Pattern.compile(";\\s*END$");

  private StatementSplitter() {}

  static List<String> split(String text) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int end = tokenEnd(text, at);
      String token = text.substring(at, end);
      if (token.startsWith("--") || token.startsWith("/*")) {
        statement.append(' ');
      } else if (token.equals(";") && isComplete(statement)) {
        add(statements, statement);
        statement.setLength(0);
      } else {
        statement.append(token);
      }
      at = end;
    }
    add(statements, statement);
    return statements;
  }

  private static int tokenEnd(String text, int at) {
    if (text.startsWith("--", at)) {
      return orEnd(text, text.indexOf('\n', at), 0);
    }
    if (text.startsWith("/*", at)) {
      return orEnd(text, text.indexOf("*/", at), 2);
    }
    char quote = text.charAt(at);
    if (quote == '\'' || quote == '`' || quote == '"') {
      return orEnd(text, text.indexOf(quote, at + 1), 1);
    }
    return at + 1;
  }

  private static int orEnd(String text, int found, int length) {
    return found < 0 ? text.length() : found + length;
  }

  /** A statement set holds semicolons up to its END. */
  private static boolean isComplete(StringBuilder statement) {
    String upper = statement.toString().strip().toUpperCase(Locale.ROOT);
    return !upper.startsWith("EXECUTE STATEMENT SET") || SET_END.matcher(upper).find();
  }

  private static void add(List<String> statements, StringBuilder statement) {
    if (!statement.toString().isBlank()) {
      statements.add(statement.toString().strip());
    }
  }
}
