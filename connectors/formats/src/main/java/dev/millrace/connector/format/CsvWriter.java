// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Single-threaded. Writes the characters Flink's CSV writer writes: numbers and booleans bare, text
 * quoted if it is longer than 24 characters or holds a character that might be special.
 */
final class CsvWriter implements LineWriter {
  private static final int MAX_UNQUOTED_CHARS = 24;
  private static final int FLUSH_CHARS = 1 << 15;

  private final Writer out;
  private final RowType schema;
  private final CsvDialect dialect;
  private final String nullLiteral;
  private final boolean scientific;

  /** Text of characters from this one on needs no quotes. */
  private final int firstSafe;

  private final StringBuilder lines = new StringBuilder(2 * FLUSH_CHARS);
  private final StringBuilder value = new StringBuilder();

  CsvWriter(
      OutputStream out,
      RowType schema,
      CsvDialect dialect,
      String nullLiteral,
      boolean scientific) {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.schema = schema;
    this.dialect = dialect;
    this.nullLiteral = nullLiteral;
    this.scientific = scientific;
    firstSafe = Math.max(Math.max(dialect.delimiter(), dialect.quote()), '\r') + 1;
  }

  @Override
  public void write(RowBatch batch, int row) throws IOException {
    for (int column = 0; column < schema.size(); column++) {
      if (column > 0) {
        lines.append(dialect.delimiter());
      }
      if (batch.isNull(row, column)) {
        lines.append(nullLiteral);
      } else {
        appendCell(batch, row, column);
      }
    }
    lines.append('\n');
    if (lines.length() >= FLUSH_CHARS) {
      writeLines();
    }
  }

  private void appendCell(RowBatch batch, int row, int column) {
    value.setLength(0);
    switch (schema.type(column).root()) {
      case BOOLEAN -> lines.append(batch.getBoolean(row, column));
      case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
          lines.append(batch.getLong(row, column));
      case FLOAT -> lines.append(batch.getFloat(row, column));
      case DOUBLE -> lines.append(batch.getDouble(row, column));
      case DECIMAL -> appendDecimal(batch, row, column);
      case CHAR, VARCHAR -> appendText(batch.getString(row, column));
      case BINARY, VARBINARY ->
          appendText(Base64.getEncoder().encodeToString(batch.getBytes(row, column)));
      case DATE -> {
        TextTimes.appendDate(value, batch.getLong(row, column));
        appendText(value);
      }
      case TIME -> {
        TextTimes.appendTime(value, batch.getLong(row, column) * 1000);
        appendText(value);
      }
      case TIMESTAMP, TIMESTAMP_LTZ -> {
        TextTimes.appendTimestamp(value, batch.getLong(row, column), ' ');
        appendText(
            schema.type(column).root() == TypeRoot.TIMESTAMP_LTZ ? value.append('Z') : value);
      }
      case MAP -> throw FormatErrors.noMap("csv", schema.columns().get(column));
      case NULL -> lines.append(nullLiteral);
    }
  }

  private void appendDecimal(RowBatch batch, int row, int column) {
    lines.append(
        scientific
            ? batch.getDecimal(row, column).stripTrailingZeros().toString()
            : batch.getDecimal(row, column).toPlainString());
  }

  private void appendText(CharSequence text) {
    if (dialect.quote() == CsvDialect.NONE || !needsQuotes(text)) {
      lines.append(text);
      return;
    }
    lines.append((char) dialect.quote());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == dialect.quote() || c == dialect.escape()) {
        lines.append(c);
      }
      lines.append(c);
    }
    lines.append((char) dialect.quote());
  }

  private boolean needsQuotes(CharSequence text) {
    if (text.length() > MAX_UNQUOTED_CHARS) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < firstSafe || text.charAt(i) == dialect.escape()) {
        return true;
      }
    }
    return false;
  }

  private void writeLines() throws IOException {
    out.append(lines);
    lines.setLength(0);
  }

  @Override
  public void flush() throws IOException {
    writeLines();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    writeLines();
    out.close();
  }
}
