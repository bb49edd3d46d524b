// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.MapEntries;
import dev.millrace.spi.row.PackedMap;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Single-threaded; allocates values only. One JSON object as a row. */
final class JsonObjectReader {
  private final RowType schema;
  private final TextCell[] cells;
  private final boolean ignoreErrors;
  private final boolean failOnMissing;
  private final Map<String, Integer> columns = new HashMap<>();
  private final boolean[] seen;

  /** Of the entry of a map that is being read, by column; null where it is no map. */
  private final JsonObjectReader[] maps;

  private final RowBatch[] entries;

  JsonObjectReader(
      RowType schema, TimestampStyle style, boolean ignoreErrors, boolean failOnMissing) {
    this.schema = schema;
    cells = TextCell.of(schema, style);
    maps = new JsonObjectReader[schema.size()];
    entries = new RowBatch[schema.size()];
    this.ignoreErrors = ignoreErrors;
    this.failOnMissing = failOnMissing;
    for (int column = 0; column < schema.size(); column++) {
      columns.put(schema.name(column), column);
      if (schema.type(column).root() == TypeRoot.MAP) {
        RowType entry = MapEntries.type(schema.type(column));
        maps[column] = new JsonObjectReader(entry, style, ignoreErrors, false);
        entries[column] = new RowBatch(entry, 1);
        entries[column].add(ChangeKind.INSERT);
      }
    }
    seen = new boolean[schema.size()];
  }

  /**
   * Adds the object the parser stands at the start of; on return it stands at its end.
   *
   * @throws RuntimeException if it cannot become a row; the batch is then as it was
   * @throws IOException if it is not JSON; the batch is then as it was
   */
  void addRow(JsonParser parser, RowBatch batch) throws IOException {
    int row = batch.add(ChangeKind.INSERT);
    boolean complete = false;
    try {
      Arrays.fill(seen, false);
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        Integer column = columns.get(parser.currentName());
        JsonToken token = parser.nextToken();
        if (column == null) {
          parser.skipChildren();
        } else {
          seen[column] = true;
          setCell(parser, token, batch, row, column);
        }
      }
      setMissing(batch, row);
      complete = true;
    } finally {
      if (!complete) {
        batch.removeLast();
      }
    }
  }

  /** Sets the column of that name, if there is one, from the value the parser stands at. */
  void setField(JsonParser parser, JsonToken token, String name, RowBatch batch, int row)
      throws IOException {
    Integer column = columns.get(name);
    if (column == null) {
      parser.skipChildren();
    } else {
      setCell(parser, token, batch, row, column);
    }
  }

  private void setCell(JsonParser parser, JsonToken token, RowBatch batch, int row, int column)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      setNull(batch, row, column);
    } else if (token.isStructStart()) {
      setStructure(parser, batch, row, column);
    } else {
      char[] text = parser.getTextCharacters();
      int from = parser.getTextOffset();
      int to = from + parser.getTextLength();
      try {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && schema.type(column).root().isInteger()) {
          char[] integer = withoutFraction(new String(text, from, to - from)).toCharArray();
          cells[column].set(batch, row, integer, 0, integer.length);
        } else {
          cells[column].set(batch, row, text, from, to);
        }
      } catch (RuntimeException e) {
        setBad(batch, row, column, new String(text, from, to - from), e);
      }
    }
  }

  /** 1.0 and 1e3 are integers; 1.5 is none. */
  private static String withoutFraction(String number) {
    BigDecimal value = new BigDecimal(number);
    if (value.stripTrailingZeros().scale() > 0 || value.precision() - value.scale() > 19) {
      throw new ArithmeticException("not an integer");
    }
    return value.toBigInteger().toString();
  }

  /**
   * An object in a map's column is its entries, an object or array in a string column its text; in
   * any other it is bad.
   */
  private void setStructure(JsonParser parser, RowBatch batch, int row, int column)
      throws IOException {
    DataType type = schema.type(column);
    if (maps[column] != null && parser.hasToken(JsonToken.START_OBJECT)) {
      batch.setBytes(row, column, maps[column].entries(parser, entries[column]));
    } else if (type.root().isCharacter()) {
      StringWriter text = new StringWriter();
      try (JsonGenerator copy = JsonText.generator(text)) {
        copy.copyCurrentStructure(parser);
      }
      batch.setString(row, column, text.toString());
    } else {
      parser.skipChildren();
      setBad(batch, row, column, "{…}", new IllegalArgumentException("found an object or array"));
    }
  }

  /** An object as a map, packed. */
  private byte[] entries(JsonParser parser, RowBatch entry) throws IOException {
    PackedMap.Builder map = new PackedMap.Builder();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      entry.setString(0, 0, parser.currentName());
      setCell(parser, parser.nextToken(), entry, 0, 1);
      MapEntries.add(map, entry, 0);
    }
    return map.toBytes();
  }

  private void setBad(RowBatch batch, int row, int column, String text, RuntimeException cause) {
    if (!ignoreErrors) {
      throw FormatErrors.badValue(schema.columns().get(column), text, cause);
    }
    setNull(batch, row, column);
  }

  private void setMissing(RowBatch batch, int row) {
    for (int column = 0; column < seen.length; column++) {
      if (!seen[column]) {
        if (failOnMissing) {
          throw FormatErrors.missingField(schema.columns().get(column));
        }
        setNull(batch, row, column);
      }
    }
  }

  private void setNull(RowBatch batch, int row, int column) {
    Column target = schema.columns().get(column);
    if (!target.type().nullable()) {
      throw FormatErrors.nullValue(target);
    }
    batch.setNull(row, column);
  }
}
