// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunMetrics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Progress of a pipeline as JSON, times in microseconds, durations in milliseconds. What is unknown
 * is left out; what a later release adds is passed over.
 *
 * <pre>
 *   {"metrics":{"in":7,"out":5,"late":0,"dead":1,"watermark":1700000000000000,"elapsed":1000000},
 *    "sources":[{"table":"a","in":7,"watermark":…,"idle":false,"silent":20,"lag":3}],
 *    "windows":[{"operator":"…","firesAt":…,"watermark":…,"heldBackBy":"a","part":"t/0"}],
 *    "state":{"snapshots":2,"bytes":900,"took":1,"age":300,"since":20,"damaged":0}}
 * </pre>
 */
public final class ProgressJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ProgressJson() {}

  public static String write(PipelineProgress progress) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      write(json, progress.metrics());
      json.writeArrayFieldStart("sources");
      for (PipelineProgress.Source source : progress.sources()) {
        write(json, source);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("windows");
      for (PipelineProgress.Window window : progress.windows()) {
        write(json, window);
      }
      json.writeEndArray();
      if (progress.state().isPresent()) {
        write(json, progress.state().get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, RunMetrics metrics) throws IOException {
    json.writeObjectFieldStart("metrics");
    json.writeNumberField("in", metrics.rowsIn());
    json.writeNumberField("out", metrics.rowsOut());
    json.writeNumberField("late", metrics.late());
    json.writeNumberField("dead", metrics.dead());
    json.writeNumberField("watermark", metrics.watermarkMicros());
    json.writeNumberField("elapsed", metrics.elapsedNanos());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, PipelineProgress.Source source) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", source.table());
    json.writeNumberField("in", source.rowsIn());
    write(json, "watermark", source.watermarkMicros());
    json.writeBooleanField("idle", source.idle());
    json.writeNumberField("silent", source.silent().toMillis());
    write(json, "lag", source.lagRows());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, PipelineProgress.Window window) throws IOException {
    json.writeStartObject();
    json.writeStringField("operator", window.operator());
    json.writeNumberField("firesAt", window.firesAtMicros());
    write(json, "watermark", window.watermarkMicros());
    write(json, "heldBackBy", window.heldBackBy());
    write(json, "part", window.heldBackByPart());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, PipelineProgress.State state) throws IOException {
    json.writeObjectFieldStart("state");
    json.writeNumberField("snapshots", state.snapshots());
    json.writeNumberField("bytes", state.bytes());
    json.writeNumberField("took", state.took().toMillis());
    json.writeNumberField("age", state.age().toMillis());
    json.writeNumberField("since", state.rowsSince());
    json.writeNumberField("damaged", state.damaged());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    }
  }

  private static void write(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  /** Reads {@link #write(PipelineProgress)}. */
  public static PipelineProgress read(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      Fields all = Fields.read(json);
      Fields metrics = all.object("metrics").orElse(Fields.NONE);
      return new PipelineProgress(
          new RunMetrics(
              metrics.number("in"),
              metrics.number("out"),
              metrics.number("late"),
              metrics.number("dead"),
              metrics.number("watermark"),
              metrics.number("elapsed")),
          all.list("sources").stream().map(ProgressJson::source).toList(),
          all.list("windows").stream().map(ProgressJson::window).toList(),
          all.object("state").map(ProgressJson::state));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PipelineProgress.Source source(Fields fields) {
    return new PipelineProgress.Source(
        fields.text("table").orElse(""),
        fields.number("in"),
        fields.optionalNumber("watermark"),
        Boolean.TRUE.equals(fields.values().get("idle")),
        Duration.ofMillis(fields.number("silent")),
        fields.optionalNumber("lag"));
  }

  private static PipelineProgress.Window window(Fields fields) {
    return new PipelineProgress.Window(
        fields.text("operator").orElse(""),
        fields.number("firesAt"),
        fields.optionalNumber("watermark"),
        fields.text("heldBackBy"),
        fields.text("part"));
  }

  private static PipelineProgress.State state(Fields fields) {
    return new PipelineProgress.State(
        fields.number("snapshots"),
        fields.number("bytes"),
        Duration.ofMillis(fields.number("took")),
        Duration.ofMillis(fields.number("age")),
        fields.number("since"),
        (int) fields.number("damaged"));
  }

  /** The fields of an object. */
  private record Fields(Map<String, Object> values) {
    static final Fields NONE = new Fields(Map.of());

    /** From its opening brace to its closing one. */
    static Fields read(JsonParser json) throws IOException {
      Map<String, Object> values = new HashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        values.put(name, value(json));
      }
      return new Fields(values);
    }

    private static Object value(JsonParser json) throws IOException {
      JsonToken token = json.currentToken();
      if (token == JsonToken.START_OBJECT) {
        return read(json);
      }
      if (token == JsonToken.START_ARRAY) {
        List<Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(json));
        }
        return elements;
      }
      if (token == JsonToken.VALUE_NUMBER_INT) {
        return json.getLongValue();
      }
      return token.isBoolean() ? (Object) json.getBooleanValue() : json.getText();
    }

    long number(String name) {
      return optionalNumber(name).orElse(0);
    }

    OptionalLong optionalNumber(String name) {
      return values.get(name) instanceof Long number
          ? OptionalLong.of(number)
          : OptionalLong.empty();
    }

    Optional<String> text(String name) {
      return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<Fields> object(String name) {
      return values.get(name) instanceof Fields fields ? Optional.of(fields) : Optional.empty();
    }

    List<Fields> list(String name) {
      return values.get(name) instanceof List<?> elements
          ? elements.stream().filter(Fields.class::isInstance).map(Fields.class::cast).toList()
          : List.of();
    }
  }
}
