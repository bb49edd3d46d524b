// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values by name as JSON that keeps each exactly: {@code {"ID":{"int64":"7"},"NOTE":null}}. Their
 * classes are those of {@link dev.millrace.spi.row.RowValues}.
 */
public final class RowJson {
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private RowJson() {}

  public static String write(Map<String, ?> row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static void write(JsonGenerator json, Map<String, ?> row) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, ?> cell : row.entrySet()) {
      json.writeFieldName(cell.getKey());
      JsonValue.write(json, cell.getValue());
    }
    json.writeEndObject();
  }

  public static Map<String, Object> read(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return read(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the object that starts at the parser's current token. */
  static Map<String, Object> read(JsonParser json) throws IOException {
    Map<String, Object> row = new LinkedHashMap<>();
    for (String column = json.nextFieldName(); column != null; column = json.nextFieldName()) {
      json.nextToken();
      row.put(column, JsonValue.read(json));
    }
    return Collections.unmodifiableMap(row);
  }
}
