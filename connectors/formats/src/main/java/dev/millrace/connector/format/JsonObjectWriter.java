// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.io.IOException;

/** Single-threaded. Writes a row as the object of JSON Flink writes. */
final class JsonObjectWriter {
  private final RowType schema;
  private final char separator;
  private final boolean plainDecimals;
  private final boolean ignoreNulls;
  private final StringBuilder value = new StringBuilder();

  JsonObjectWriter(
      RowType schema, TimestampStyle style, boolean plainDecimals, boolean ignoreNulls) {
    this.schema = schema;
    separator = style.separator();
    this.plainDecimals = plainDecimals;
    this.ignoreNulls = ignoreNulls;
  }

  /** Whether fields that are NULL are left out. */
  boolean ignoresNulls() {
    return ignoreNulls;
  }

  void write(JsonGenerator json, RowBatch batch, int row) throws IOException {
    json.writeStartObject();
    for (int column = 0; column < schema.size(); column++) {
      if (!batch.isNull(row, column)) {
        json.writeFieldName(schema.name(column));
        writeCell(json, batch, row, column);
      } else if (!ignoreNulls) {
        json.writeNullField(schema.name(column));
      }
    }
    json.writeEndObject();
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
              plainDecimals
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
        TextTimes.appendTimestamp(value, batch.getLong(row, column), separator);
        json.writeString(
            root == TypeRoot.TIMESTAMP_LTZ ? value.append('Z').toString() : value.toString());
      }
      case NULL -> json.writeNull();
    }
  }
}
