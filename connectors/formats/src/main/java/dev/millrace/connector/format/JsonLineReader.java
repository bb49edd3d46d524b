// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/**
 * Single-threaded. Rows from lines of JSON: an object is a row, an array of objects as many, a
 * blank line none. A bad element of an array makes the rest of its line bad.
 */
final class JsonLineReader implements RecordReader {
  private static final int SHOWN_RECORD_CHARS = 10_000;

  private final CharWindow in;
  private final String name;
  private final JsonObjectReader objects;
  private final boolean ignoreErrors;
  private final BadRecords badRecords;

  private long line;
  private int start;
  private int end;
  private int next;

  /** Inside an array whose elements did not all fit into the last batch; else null. */
  private JsonParser array;

  JsonLineReader(
      CharWindow in,
      String name,
      JsonObjectReader objects,
      boolean ignoreErrors,
      BadRecords badRecords) {
    this.in = in;
    this.name = name;
    this.objects = objects;
    this.ignoreErrors = ignoreErrors;
    this.badRecords = badRecords;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    while (!batch.isFull()) {
      if (array == null && !nextLine()) {
        return false;
      }
      try {
        addRows(batch);
      } catch (RuntimeException | com.fasterxml.jackson.core.JacksonException e) {
        array = null;
        if (!ignoreErrors) {
          badRecords.deadLetter(recordText(), name + ":" + line, problem(e));
        }
      }
    }
    return true;
  }

  private void addRows(RowBatch batch) throws IOException {
    if (in.hasNotUtf8(start, end)) {
      throw FormatErrors.malformed("the record is not UTF-8", null);
    }
    JsonParser parser = array;
    if (parser == null) {
      parser = JsonText.parser(in.chars(), start, end);
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        addOnlyRow(parser, batch);
        return;
      }
      if (first != JsonToken.START_ARRAY) {
        throw FormatErrors.malformed("expected a JSON object, found " + first, null);
      }
      array = parser;
    }
    addElements(parser, batch);
  }

  private void addOnlyRow(JsonParser parser, RowBatch batch) throws IOException {
    int before = batch.size();
    objects.addRow(parser, batch);
    boolean complete = false;
    try {
      expectEnd(parser);
      complete = true;
    } finally {
      if (!complete) {
        batch.size(before);
      }
    }
  }

  private void addElements(JsonParser parser, RowBatch batch) throws IOException {
    while (!batch.isFull()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.END_ARRAY) {
        expectEnd(parser);
        array = null;
        return;
      }
      if (token != JsonToken.START_OBJECT) {
        throw FormatErrors.malformed("expected a JSON object in the array, found " + token, null);
      }
      objects.addRow(parser, batch);
    }
  }

  private static void expectEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw FormatErrors.malformed("text follows the JSON value", null);
    }
  }

  /** Goes to the next line that is not blank; false at the end of the stream. */
  private boolean nextLine() throws IOException {
    boolean blank = true;
    while (blank) {
      start = next;
      end = start;
      line++;
      boolean more = findLineEnd();
      for (int at = start; at < end && blank; at++) {
        blank = in.chars()[at] <= ' ';
      }
      if (!more && blank) {
        return false;
      }
      next = more ? end + 1 : end;
    }
    return true;
  }

  /** Moves {@link #end} to the next line feed, or the end of the stream: false then. */
  private boolean findLineEnd() throws IOException {
    while (true) {
      char[] chars = in.chars();
      int limit = in.limit();
      while (end < limit && chars[end] != '\n') {
        end++;
      }
      if (end < limit) {
        return true;
      }
      if (end - start > CharWindow.MAX_RECORD_CHARS) {
        throw FormatErrors.lineTooLong(name + ":" + line, CharWindow.MAX_RECORD_CHARS);
      }
      boolean more = in.fill(start);
      end -= start;
      start = 0;
      if (!more) {
        return false;
      }
    }
  }

  private String recordText() {
    return new String(in.chars(), start, Math.min(end - start, SHOWN_RECORD_CHARS)).strip();
  }

  private static Exception problem(Exception e) {
    return e instanceof com.fasterxml.jackson.core.JacksonException json
        ? FormatErrors.malformed("not JSON: " + json.getOriginalMessage(), json)
        : e;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
