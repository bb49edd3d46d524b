// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.connector.http.client.Call;
import dev.millrace.spi.outbox.OutboxRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request that writes. Immutable.
 *
 * <p>In the outbox its destination is {@code POST /orders}, for a person, and its headers are JSON:
 * {@code {"method":"POST","path":"/orders?x=1","type":"application/json",…}}.
 *
 * @param inverse whether it takes another back
 */
record SinkRequest(
    String method,
    String path,
    Optional<Call.Body> body,
    HttpOptions.Refusal onRefusal,
    boolean inverse) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_DESTINATION_CHARS = 1000;
  private static final String KEY_HEADER = "Idempotency-Key";

  /**
   * @param key the same whenever the same request is sent again
   */
  Call call(String key) {
    return new Call(method, path, Map.of(KEY_HEADER, key), body);
  }

  /**
   * @param table whose row it tells; empty for one that takes another back
   */
  OutboxRecord record(String table) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(headers)) {
      json.writeStartObject();
      json.writeStringField("method", method);
      json.writeStringField("path", path);
      if (body.isPresent()) {
        json.writeStringField("type", body.get().mediaType());
      }
      json.writeStringField("refused", onRefusal.name());
      json.writeStringField("inverse", Boolean.toString(inverse));
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every write", e);
    }
    return new OutboxRecord(
        table, destination(), null, body.map(Call.Body::bytes).orElse(null), headers.toByteArray());
  }

  private String destination() {
    String text = method + " " + path.replaceFirst("\\?.*", "");
    return text.substring(0, Math.min(text.length(), MAX_DESTINATION_CHARS));
  }

  static SinkRequest of(OutboxRecord record) throws IOException {
    Map<String, String> headers = headers(record.headers());
    String mediaType = headers.get("type");
    return new SinkRequest(
        headers.get("method"),
        headers.get("path"),
        mediaType == null
            ? Optional.empty()
            : Optional.of(new Call.Body(mediaType, record.payload())),
        HttpOptions.Refusal.valueOf(headers.get("refused")),
        Boolean.parseBoolean(headers.get("inverse")));
  }

  private static Map<String, String> headers(byte[] bytes) throws IOException {
    Map<String, String> headers = new HashMap<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the headers of a record are an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        headers.put(json.currentName(), json.nextTextValue());
      }
    }
    return headers;
  }
}
