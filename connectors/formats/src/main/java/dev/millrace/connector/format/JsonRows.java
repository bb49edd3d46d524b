// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/** Single-threaded. The rows of one JSON text: an object is one, an array of objects as many. */
final class JsonRows implements TextRows {
  private final JsonObjectReader objects;
  private CharWindow in;
  private int from;
  private int to;
  private boolean started;

  /** Inside an array whose elements did not all fit into the last batch; else null. */
  private JsonParser array;

  JsonRows(JsonObjectReader objects) {
    this.objects = objects;
  }

  @Override
  public void begin(CharWindow window, int start, int end) {
    in = window;
    from = start;
    to = end;
    started = false;
    array = null;
  }

  @Override
  public boolean pending() {
    return array != null;
  }

  @Override
  public void add(RowBatch batch) throws IOException {
    try {
      addRows(batch);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      array = null;
      throw FormatErrors.malformed("not JSON: " + e.getOriginalMessage(), e);
    } catch (RuntimeException e) {
      array = null;
      throw e;
    }
  }

  private void addRows(RowBatch batch) throws IOException {
    if (!started) {
      started = true;
      if (in.hasNotUtf8(from, to)) {
        throw FormatErrors.malformed("the record is not UTF-8", null);
      }
      JsonParser parser = JsonText.parser(in.chars(), from, to);
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
    addElements(batch);
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

  private void addElements(RowBatch batch) throws IOException {
    while (!batch.isFull()) {
      JsonToken token = array.nextToken();
      if (token == JsonToken.END_ARRAY) {
        expectEnd(array);
        array = null;
        return;
      }
      if (token != JsonToken.START_OBJECT) {
        throw FormatErrors.malformed("expected a JSON object in the array, found " + token, null);
      }
      objects.addRow(array, batch);
    }
  }

  private static void expectEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw FormatErrors.malformed("text follows the JSON value", null);
    }
  }
}
