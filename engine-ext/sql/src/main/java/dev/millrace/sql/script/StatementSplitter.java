// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

import dev.millrace.spi.error.Location;
import dev.millrace.sql.error.SqlErrors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Splits a script at semicolons outside of strings, quoted identifiers and comments. The {@code
 * EXECUTE STATEMENT SET BEGIN} before a set's first INSERT becomes a statement of its own.
 */
final class StatementSplitter {
  private static final String EXECUTE_SET = "EXECUTE STATEMENT SET BEGIN";
  private static final int MAX_NESTING = 400;

  /** Tokens without a comma or parenthesis between them: the grammar is quadratic in these. */
  private static final int MAX_CHAIN = 20_000;

  private final String file;
  private final String script;
  private final List<Statement> statements = new ArrayList<>();

  private int position;
  private int line = 1;
  private int lineStart;

  /** Of the statement under way; -1 before its first token. */
  private int start = -1;

  private int startLine;
  private int startColumn;

  /** By parenthesis open, the tokens since its last comma. */
  private final Deque<Integer> chains = new ArrayDeque<>(List.of(0));

  /** The words of the statement so far while they are a prefix of {@link #EXECUTE_SET}. */
  private StringBuilder words = new StringBuilder();

  StatementSplitter(String file, String script) {
    this.file = file;
    this.script = script;
  }

  List<Statement> split() {
    while (position < script.length()) {
      char c = script.charAt(position);
      if (Character.isWhitespace(c)) {
        advance();
      } else if (isAt("--") || isAt("//")) {
        skipLine();
      } else if (isAt("/*")) {
        skipPast("*/", "a comment");
      } else if (c == ';') {
        endStatement();
        advance();
      } else {
        token(c);
      }
    }
    endStatement();
    return statements;
  }

  private void token(char c) {
    beginStatement();
    chains.push(chains.pop() + 1);
    if (chains.element() > MAX_CHAIN) {
      throw SqlErrors.tooDeep(here());
    }
    if (c == '\'') {
      skipQuoted(c, "a string");
    } else if (c == '`') {
      skipQuoted(c, "a quoted name");
    } else if (Character.isJavaIdentifierStart(c)) {
      word();
    } else {
      nest(c);
      words = null;
      advance();
    }
  }

  private void nest(char c) {
    if (c == '(') {
      chains.push(0);
      if (chains.size() > MAX_NESTING) {
        throw SqlErrors.tooDeep(here());
      }
    } else if (c == ')' && chains.size() > 1) {
      chains.pop();
    } else if (c == ',') {
      chains.pop();
      chains.push(0);
    }
  }

  private void word() {
    int from = position;
    while (position < script.length() && Character.isJavaIdentifierPart(script.charAt(position))) {
      position++;
    }
    if (words == null) {
      return;
    }
    words.append(words.isEmpty() ? "" : " ");
    words.append(script.substring(from, position).toUpperCase(Locale.ROOT));
    if (words.toString().equals(EXECUTE_SET)) {
      endStatement();
    } else if (!EXECUTE_SET.startsWith(words.toString())) {
      words = null;
    }
  }

  private void beginStatement() {
    if (start < 0) {
      start = position;
      startLine = line;
      startColumn = position - lineStart + 1;
    }
  }

  private void endStatement() {
    if (start >= 0) {
      String text = script.substring(start, position).stripTrailing();
      statements.add(new Statement(file, text, startLine, startColumn));
    }
    start = -1;
    chains.clear();
    chains.push(0);
    words = new StringBuilder();
  }

  private void skipQuoted(char quote, String what) {
    Location opened = here();
    words = null;
    advance();
    while (position < script.length()) {
      boolean closes = script.charAt(position) == quote;
      advance();
      if (closes) {
        if (position >= script.length() || script.charAt(position) != quote) {
          return;
        }
        advance();
      }
    }
    throw SqlErrors.unterminated(opened, what);
  }

  private void skipPast(String end, String what) {
    Location opened = here();
    position += end.length();
    while (position < script.length()) {
      if (isAt(end)) {
        position += end.length();
        return;
      }
      advance();
    }
    throw SqlErrors.unterminated(opened, what);
  }

  private void skipLine() {
    while (position < script.length() && script.charAt(position) != '\n') {
      position++;
    }
  }

  private void advance() {
    if (script.charAt(position++) == '\n') {
      line++;
      lineStart = position;
    }
  }

  private boolean isAt(String token) {
    return script.startsWith(token, position);
  }

  private Location here() {
    return new Location(file, line, position - lineStart + 1);
  }
}
