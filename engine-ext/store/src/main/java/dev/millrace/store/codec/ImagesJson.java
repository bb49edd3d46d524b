// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@link Images} as JSON.
 *
 * <pre>
 *   {"key":    {"ID": {"int64": "7"}},
 *    "before": {"ID": {"int64": "7"}, "QTY": {"decimal": "12.00"}, "NOTE": null},
 *    "after":  {"ID": {"int64": "7"}, "QTY": {"decimal": "9.00"}, "NOTE": null},
 *    "written": ["QTY"],
 *    "added":  {"QTY": {"decimal": "-3.00"}}}
 * </pre>
 *
 * {@code before} and {@code after} are left out where there was no row.
 */
public final class ImagesJson {
  private ImagesJson() {}

  public static String write(Images images) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = RowJson.JSON.createGenerator(text)) {
      json.writeStartObject();
      writeRow(json, "key", images.key());
      if (images.before().isPresent()) {
        writeRow(json, "before", images.before().get());
      }
      if (images.after().isPresent()) {
        writeRow(json, "after", images.after().get());
      }
      json.writeArrayFieldStart("written");
      for (String column : images.written()) {
        json.writeString(column);
      }
      json.writeEndArray();
      writeRow(json, "added", images.added());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void writeRow(JsonGenerator json, String field, Map<String, Object> row)
      throws IOException {
    json.writeFieldName(field);
    RowJson.write(json, row);
  }

  public static Images read(String text) {
    Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
    Set<String> written = new LinkedHashSet<>();
    try (JsonParser json = RowJson.JSON.createParser(text)) {
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        if (json.nextToken() == JsonToken.START_ARRAY) {
          for (String name = json.nextTextValue(); name != null; name = json.nextTextValue()) {
            written.add(name);
          }
        } else {
          rows.put(field, RowJson.read(json));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Images(
        rows.getOrDefault("key", Map.of()),
        Optional.ofNullable(rows.get("before")),
        Optional.ofNullable(rows.get("after")),
        Collections.unmodifiableSet(written),
        rows.getOrDefault("added", Map.of()));
  }
}
