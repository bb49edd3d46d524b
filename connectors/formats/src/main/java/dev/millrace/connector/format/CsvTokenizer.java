// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Single-threaded; does not allocate after open but for escaped fields. Cuts a character stream
 * into records and fields by RFC 4180 with Jackson's leniency, which is Flink's: a quote opens a
 * quoted field only as its first character, spaces may follow a closing quote, a record ends with
 * CR, LF or both.
 *
 * <p>A record whose quotes do not match is {@linkplain #problem() bad} to the end of its first
 * line, and the next line is a new record: one stray quote never swallows the rest of a file.
 *
 * <pre>
 *   chars   …1,x⏎ 2,"a ""b""",z⏎ 3…
 *                 ↑ ↑from  ↑to ↑pos          from and to count from the start of the record
 *              start
 * </pre>
 */
final class CsvTokenizer implements AutoCloseable {
  private final CharWindow in;
  private final String name;
  private final char delimiter;
  private final int quote;
  private final int escape;
  private final boolean comments;
  private final boolean trimSpaces;

  /** No character above this one is special outside quotes. */
  private final int highestSpecial;

  private int start;
  private int pos;
  private long line = 1;
  private long recordLine;
  private String problem;
  private int fieldCount;
  private int[] from = new int[32];
  private int[] to = new int[32];
  private boolean[] escaped = new boolean[32];

  private char[] unescaped = new char[64];
  private char[] text;
  private int textFrom;
  private int textTo;

  CsvTokenizer(CharWindow in, CsvDialect dialect, String name) {
    this.in = in;
    this.name = name;
    delimiter = dialect.delimiter();
    quote = dialect.quote();
    escape = dialect.escape();
    comments = dialect.comments();
    trimSpaces = dialect.trimSpaces();
    highestSpecial = Math.max(Math.max(delimiter, escape), '\r');
  }

  /** Forgets all and cuts another stream from its start. */
  void restart(InputStream next) {
    in.restart(next);
    start = 0;
    pos = 0;
    line = 1;
  }

  /** Goes to the next record; false at the end of the stream. */
  boolean next() throws IOException {
    do {
      start = pos;
      recordLine = line;
      fieldCount = 0;
      problem = null;
      if (atEnd()) {
        return false;
      }
    } while (comments && skipComment());
    while (nextField()) {
      // each call takes one field and says whether another follows
    }
    if (in.hasNotUtf8(start, pos)) {
      problem = "the record is not UTF-8";
    }
    return true;
  }

  int fieldCount() {
    return fieldCount;
  }

  /** What is wrong with the record as such, or null. */
  String problem() {
    return problem;
  }

  /** {@code orders.csv:17}: file and line of the record's start. */
  String position() {
    return name + ":" + recordLine;
  }

  /** The record as it stands in the file. */
  byte[] recordBytes() {
    int end = pos;
    while (end > start && isLineEnd(in.chars()[end - 1])) {
      end--;
    }
    return new String(in.chars(), start, end - start).getBytes(StandardCharsets.UTF_8);
  }

  /** Makes a field's value, without quotes and escapes, readable through {@link #text()}. */
  void select(int field) {
    text = in.chars();
    textFrom = start + from[field];
    textTo = start + to[field];
    if (escaped[field]) {
      unescape();
    }
  }

  char[] text() {
    return text;
  }

  int textFrom() {
    return textFrom;
  }

  int textTo() {
    return textTo;
  }

  private boolean nextField() throws IOException {
    if (trimSpaces) {
      skipSpaces();
    }
    return !atEnd() && in.chars()[pos] == quote ? nextQuotedField() : nextPlainField();
  }

  private boolean nextPlainField() throws IOException {
    int begin = pos - start;
    boolean hasEscape = false;
    while (true) {
      skipPlain();
      if (pos < in.limit() && in.chars()[pos] == escape) {
        hasEscape = true;
        pos++;
        if (!atEnd()) {
          pos++;
        }
      } else if (pos < in.limit() || atEnd()) {
        addField(begin, trimmedEnd(begin), hasEscape);
        return endField();
      }
    }
  }

  /** Stops at the next special character or the limit: the loop most characters go through. */
  private void skipPlain() {
    char[] chars = in.chars();
    int limit = in.limit();
    int at = pos;
    while (at < limit) {
      char c = chars[at];
      if (c <= highestSpecial && (c == delimiter || isLineEnd(c) || c == escape)) {
        break;
      }
      at++;
    }
    pos = at;
  }

  private boolean nextQuotedField() throws IOException {
    pos++;
    int begin = pos - start;
    boolean hasEscape = false;
    while (!atEnd()) {
      char c = in.chars()[pos++];
      if (c == quote && (atEnd() || in.chars()[pos] != quote)) {
        addField(begin, pos - 1 - start, hasEscape);
        return afterQuote();
      } else if (c == quote || c == escape) {
        hasEscape = true;
        if (!atEnd()) {
          pos++;
        }
      } else if (c == '\n') {
        line++;
        if (pos - start > CharWindow.MAX_RECORD_CHARS) {
          break;
        }
      }
    }
    problem = "a quote is never closed";
    return resumeAfterFirstLine();
  }

  private boolean afterQuote() throws IOException {
    skipSpaces();
    if (atEnd() || in.chars()[pos] == delimiter || isLineEnd(in.chars()[pos])) {
      return endField();
    }
    problem = "expected '" + delimiter + "' after a closing quote, found '" + in.chars()[pos] + "'";
    return resumeAfterFirstLine();
  }

  private boolean resumeAfterFirstLine() throws IOException {
    pos = start;
    line = recordLine;
    skipLine();
    return false;
  }

  /** At a delimiter, a line end, or the end of the stream. */
  private boolean endField() throws IOException {
    if (atEnd()) {
      return false;
    }
    if (in.chars()[pos] == delimiter) {
      pos++;
      return true;
    }
    takeLineEnd();
    return false;
  }

  private void takeLineEnd() throws IOException {
    boolean maybeTwo = in.chars()[pos++] == '\r';
    if (maybeTwo && !atEnd() && in.chars()[pos] == '\n') {
      pos++;
    }
    line++;
  }

  private void skipLine() throws IOException {
    while (!atEnd() && !isLineEnd(in.chars()[pos])) {
      pos++;
    }
    if (!atEnd()) {
      takeLineEnd();
    }
  }

  private boolean skipComment() throws IOException {
    skipSpaces();
    if (!atEnd() && in.chars()[pos] == '#') {
      skipLine();
      return true;
    }
    pos = start;
    return false;
  }

  private void skipSpaces() throws IOException {
    while (!atEnd()
        && in.chars()[pos] <= ' '
        && in.chars()[pos] != delimiter
        && !isLineEnd(in.chars()[pos])) {
      pos++;
    }
  }

  private int trimmedEnd(int begin) {
    int end = pos - start;
    if (trimSpaces) {
      while (end > begin && in.chars()[start + end - 1] <= ' ') {
        end--;
      }
    }
    return end;
  }

  /** True if the stream has ended at {@link #pos}; reads more if the window has. */
  private boolean atEnd() throws IOException {
    if (pos < in.limit()) {
      return false;
    }
    if (pos - start > 2 * CharWindow.MAX_RECORD_CHARS) {
      throw FormatErrors.lineTooLong(position(), CharWindow.MAX_RECORD_CHARS);
    }
    boolean more = in.fill(start);
    pos -= start;
    start = 0;
    return !more;
  }

  private void addField(int begin, int end, boolean hasEscape) {
    if (fieldCount == from.length) {
      from = Arrays.copyOf(from, 2 * fieldCount);
      to = Arrays.copyOf(to, 2 * fieldCount);
      escaped = Arrays.copyOf(escaped, 2 * fieldCount);
    }
    from[fieldCount] = begin;
    to[fieldCount] = end;
    escaped[fieldCount++] = hasEscape;
  }

  private void unescape() {
    if (unescaped.length < textTo - textFrom) {
      unescaped = new char[textTo - textFrom];
    }
    int length = 0;
    for (int at = textFrom; at < textTo; at++) {
      char c = text[at];
      if (at + 1 < textTo && c == escape) {
        c = escapedCharacter(text[++at]);
      } else if (at + 1 < textTo && c == quote && text[at + 1] == quote) {
        at++;
      }
      unescaped[length++] = c;
    }
    text = unescaped;
    textFrom = 0;
    textTo = length;
  }

  private static char escapedCharacter(char c) {
    return switch (c) {
      case '0' -> '\0';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
