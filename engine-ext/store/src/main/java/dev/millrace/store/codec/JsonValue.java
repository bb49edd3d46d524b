// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One value of the classes named at {@link dev.millrace.spi.row.RowValues}: null, booleans and
 * strings as in JSON, anything else as an object of its class and its text, {@code
 * {"decimal":"1.50"}}, so that scale, width and zone come back as they were; a map as {@code
 * {"map":[key, value, …]}}.
 */
enum JsonValue {
  INT8("int8", Byte.class, Byte::valueOf),
  INT16("int16", Short.class, Short::valueOf),
  INT32("int32", Integer.class, Integer::valueOf),
  INT64("int64", Long.class, Long::valueOf),
  FLOAT32("float32", Float.class, Float::valueOf),
  FLOAT64("float64", Double.class, Double::valueOf),
  DECIMAL("decimal", BigDecimal.class, BigDecimal::new),
  DATE("date", LocalDate.class, LocalDate::parse),
  TIME("time", LocalTime.class, LocalTime::parse),
  TIMESTAMP("timestamp", LocalDateTime.class, LocalDateTime::parse),
  INSTANT("instant", Instant.class, Instant::parse),
  BYTES("bytes", byte[].class, Base64.getDecoder()::decode);

  private static final String MAP = "map";
  private static final Map<String, JsonValue> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.fieldName, kind -> kind));
  private static final Map<Class<?>, JsonValue> BY_CLASS =
      Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.type, kind -> kind));

  private final String fieldName;
  private final Class<?> type;
  private final Function<String, Object> parser;

  JsonValue(String fieldName, Class<?> type, Function<String, Object> parser) {
    this.fieldName = fieldName;
    this.type = type;
    this.parser = parser;
  }

  static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      json.writeArrayFieldStart(MAP);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(json, entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndArray();
      json.writeEndObject();
    } else {
      JsonValue kind = BY_CLASS.get(value.getClass());
      if (kind == null) {
        throw new IllegalArgumentException("no value of a row: " + value.getClass().getName());
      }
      json.writeStartObject();
      json.writeStringField(kind.fieldName, text(value));
      json.writeEndObject();
    }
  }

  private static Map<Object, Object> readMap(JsonParser json) throws IOException {
    Map<Object, Object> map = new LinkedHashMap<>();
    json.nextToken();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Object key = read(json);
      json.nextToken();
      map.put(key, read(json));
    }
    json.nextToken();
    return map;
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }

  /** Reads the value that starts at the parser's current token. */
  static Object read(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (token.isBoolean()) {
      return json.getBooleanValue();
    }
    String name = json.nextFieldName();
    if (MAP.equals(name)) {
      return readMap(json);
    }
    JsonValue kind = BY_NAME.get(name);
    if (kind == null) {
      throw new IOException("unknown kind of value '" + name + "' in the journal");
    }
    Object value = kind.parser.apply(json.nextTextValue());
    json.nextToken();
    return value;
  }
}
