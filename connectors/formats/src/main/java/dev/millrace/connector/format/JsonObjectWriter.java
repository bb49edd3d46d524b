// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.spi.row.MapEntries;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.io.IOException;

/** Single-threaded. Writes a row as the object of JSON Flink writes. */
final class JsonObjectWriter {
  private final RowType schema;
  private final JsonStyle style;

  /** Of entries, by column; null where it is no map. */
  private final JsonObjectWriter[] maps;

  private final StringBuilder value = new StringBuilder();

  JsonObjectWriter(RowType schema, JsonStyle style) {
    this.schema = schema;
    this.style = style;
    maps = new JsonObjectWriter[schema.size()];
    for (int column = 0; column < maps.length; column++) {
      if (schema.type(column).root() == TypeRoot.MAP) {
        maps[column] = new JsonObjectWriter(MapEntries.type(schema.type(column)), style);
      }
    }
  }

  /** Whether fields that are NULL are left out. */
  boolean ignoresNulls() {
    return style.ignoreNulls();
  }

  void write(JsonGenerator json, RowBatch batch, int row) throws IOException {
    json.writeStartObject();
    for (int column = 0; column < schema.size(); column++) {
      if (!batch.isNull(row, column)) {
        json.writeFieldName(schema.name(column));
        writeCell(json, batch, row, column);
      } else if (!style.ignoreNulls()) {
        json.writeNullField(schema.name(column));
      }
    }
    json.writeEndObject();
  }

  /** Entries of a map as an object. */
  private void writeEntries(JsonGenerator json, RowBatch entries) throws IOException {
    json.writeStartObject();
    for (int row = 0; row < entries.size(); row++) {
      if (writeKey(json, entries.getString(row, 0))) {
        if (entries.isNull(row, 1)) {
          json.writeNull();
        } else {
          writeCell(json, entries, row, 1);
        }
      }
    }
    json.writeEndObject();
  }

  /** False if the entry is left out. */
  private boolean writeKey(JsonGenerator json, String key) throws IOException {
    if (key != null) {
      json.writeFieldName(key);
      return true;
    }
    return switch (style.nullKey()) {
      case FAIL -> throw FormatErrors.nullKey();
      case DROP -> false;
      case LITERAL -> {
        json.writeFieldName(style.nullKeyName());
        yield true;
      }
    };
  }

  private void writeCell(JsonGenerator json, RowBatch batch, int row, int column)
      throws IOException {
    value.setLength(0);
    TypeRoot root = schema.type(column).root();
    switch (root) {
      case BOOLEAN -> json.writeBoolean(batch.getBoolean(row, column));
      case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
          json.writeNumber(batch.getLong(row, column));
      case FLOAT -> json.writeNumber(batch.getFloat(row, column));
      case DOUBLE -> json.writeNumber(batch.getDouble(row, column));
      case DECIMAL ->
          json.writeNumber(
              style.plainDecimals()
                  ? batch.getDecimal(row, column).toPlainString()
                  : batch.getDecimal(row, column).stripTrailingZeros().toString());
      case CHAR, VARCHAR -> json.writeString(batch.getString(row, column));
      case BINARY, VARBINARY -> json.writeBinary(batch.getBytes(row, column));
      case DATE -> {
        TextTimes.appendDate(value, batch.getLong(row, column));
        json.writeString(value.toString());
      }
      case TIME -> {
        TextTimes.appendTime(value, batch.getLong(row, column) * 1000);
        json.writeString(value.toString());
      }
      case TIMESTAMP, TIMESTAMP_LTZ -> {
        TextTimes.appendTimestamp(value, batch.getLong(row, column), style.times().separator());
        json.writeString(
            root == TypeRoot.TIMESTAMP_LTZ ? value.append('Z').toString() : value.toString());
      }
      case MAP ->
          maps[column].writeEntries(
              json, MapEntries.unpack(batch.getBytes(row, column), schema.type(column)));
      case NULL -> json.writeNull();
    }
  }
}
