// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Single-threaded. The changes of one Debezium envelope.
 *
 * <pre>
 *   c, r   +I[after]                 u   -U[before], +U[after]
 *   d      -D[before]
 * </pre>
 */
final class DebeziumRows implements TextRows {
  private final JsonObjectReader objects;
  private final boolean schemaIncluded;
  private final List<DebeziumMetadata> metadata;
  private final JsonObjectReader fields;

  /** What the envelope tells besides; empty where no metadata is read. */
  private final RowBatch envelope;

  private final RowBatch before;
  private final RowBatch after;
  private final int physicalColumns;
  private CharWindow in;
  private int from;
  private int to;
  private boolean read = true;
  private String operation;

  /**
   * @param schemaIncluded the envelope is the field {@code payload} of a greater object
   * @param metadata of the columns behind those of the schema
   * @param fields of {@link DebeziumMetadata#ENVELOPE}
   */
  DebeziumRows(
      RowType schema,
      JsonObjectReader objects,
      boolean schemaIncluded,
      List<DebeziumMetadata> metadata,
      JsonObjectReader fields) {
    this.objects = objects;
    this.schemaIncluded = schemaIncluded;
    this.metadata = metadata;
    this.fields = fields;
    List<Column> columns = new ArrayList<>(schema.columns());
    metadata.forEach(each -> columns.add(new Column(each.name(), each.type())));
    physicalColumns = schema.size();
    before = new RowBatch(new RowType(columns), 1);
    after = new RowBatch(new RowType(columns), 1);
    envelope = new RowBatch(DebeziumMetadata.ENVELOPE, 1);
  }

  @Override
  public void begin(CharWindow window, int start, int end) {
    in = window;
    from = start;
    to = end;
    read = false;
  }

  @Override
  public boolean pending() {
    return !before.isEmpty() || !after.isEmpty();
  }

  @Override
  public void add(RowBatch batch) throws IOException {
    if (!read) {
      read = true;
      boolean complete = false;
      try {
        read();
        complete = true;
      } finally {
        if (!complete) {
          before.clear();
          after.clear();
        }
      }
    }
    give(before, operation.equals("u") ? ChangeKind.UPDATE_BEFORE : ChangeKind.DELETE, batch);
    give(after, operation.equals("u") ? ChangeKind.UPDATE_AFTER : ChangeKind.INSERT, batch);
  }

  private static void give(RowBatch image, ChangeKind kind, RowBatch batch) {
    if (!image.isEmpty() && !batch.isFull()) {
      batch.weigh(batch.addCopy(image, 0, kind));
      image.clear();
    }
  }

  private void read() throws IOException {
    if (in.hasNotUtf8(from, to)) {
      throw FormatErrors.malformed("the record is not UTF-8", null);
    }
    before.clear();
    after.clear();
    operation = null;
    clearEnvelope();
    try {
      JsonParser parser = JsonText.parser(in.chars(), from, to);
      expectObject(parser.nextToken());
      if (schemaIncluded) {
        payload(parser);
      } else {
        envelope(parser);
      }
      if (parser.nextToken() != null) {
        throw FormatErrors.malformed("text follows the JSON value", null);
      }
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw FormatErrors.malformed("not JSON: " + e.getOriginalMessage(), e);
    }
    check();
    tell(before);
    tell(after);
  }

  private void clearEnvelope() {
    envelope.clear();
    if (!metadata.isEmpty()) {
      envelope.add(ChangeKind.INSERT);
      for (int column = 0; column < envelope.type().size(); column++) {
        envelope.setNull(0, column);
      }
    }
  }

  /** Sets an image's columns of metadata. */
  private void tell(RowBatch image) {
    for (int i = 0; !image.isEmpty() && i < metadata.size(); i++) {
      try {
        metadata.get(i).read(envelope, image, 0, physicalColumns + i);
      } catch (NumberFormatException | ArithmeticException e) {
        throw FormatErrors.malformed("'ts_ms' is no time in milliseconds", e);
      }
    }
  }

  /** A field beside the row. */
  private void other(JsonParser parser, JsonToken value, String name) throws IOException {
    if (envelope.isEmpty()) {
      parser.skipChildren();
    } else {
      fields.setField(parser, value, name, envelope, 0);
    }
  }

  private void payload(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("payload")) {
        expectObject(value);
        envelope(parser);
      } else if (name.equals("schema")) {
        other(parser, value, name);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void envelope(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "before" -> image(parser, value, before);
        case "after" -> image(parser, value, after);
        case "op" -> operation = value == JsonToken.VALUE_STRING ? parser.getText() : null;
        case "ts_ms", "source" -> other(parser, value, name);
        default -> parser.skipChildren();
      }
    }
  }

  private void image(JsonParser parser, JsonToken value, RowBatch image) throws IOException {
    image.clear();
    if (value != JsonToken.VALUE_NULL) {
      expectObject(value);
      objects.addRow(parser, image);
    }
  }

  private static void expectObject(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      throw FormatErrors.malformed("expected a JSON object, found " + token, null);
    }
  }

  /** What the operation does not speak of is left out, as in Flink. */
  private void check() {
    switch (operation == null ? "" : operation) {
      case "c", "r" -> {
        require(after, "after");
        before.clear();
      }
      case "u" -> {
        require(before, "before");
        require(after, "after");
      }
      case "d" -> {
        require(before, "before");
        after.clear();
      }
      default ->
          throw FormatErrors.malformed("'op' is '" + operation + "'; expected c, r, u or d", null);
    }
  }

  private void require(RowBatch image, String name) {
    if (image.isEmpty()) {
      throw FormatErrors.malformed(
          "'%s' of a change '%s' is null%s"
              .formatted(
                  name,
                  operation,
                  name.equals("before") ? "; PostgreSQL sends it with REPLICA IDENTITY FULL" : ""),
          null);
    }
  }
}
