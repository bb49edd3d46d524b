// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.format.ProjectableDecodingFormat;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.format.RecordWriter;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A format at work on text: rows as they print, dead letters as {@code position: record: why}. */
final class FormatHarness {
  private final FormatFactory factory;
  private final RowType schema;
  private final Options options;
  private final int capacity;
  final List<String> deadLetters = new ArrayList<>();

  private FormatHarness(FormatFactory factory, RowType schema, Options options, int capacity) {
    this.factory = factory;
    this.schema = schema;
    this.options = options;
    this.capacity = capacity;
  }

  /** Columns are named a, b, c, … */
  static FormatHarness of(FormatFactory factory, DataType... types) {
    Column[] columns = new Column[types.length];
    for (int i = 0; i < types.length; i++) {
      columns[i] = new Column(String.valueOf((char) ('a' + i)), types[i]);
    }
    return new FormatHarness(factory, RowType.of(columns), new Options(Map.of()), 3);
  }

  FormatHarness with(Map<String, String> values) {
    return new FormatHarness(factory, schema, new Options(values), capacity);
  }

  List<String> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Only some columns of the rows. */
  List<String> readOnly(int[] columns, String text) throws IOException {
    ProjectableDecodingFormat format =
        (ProjectableDecodingFormat) factory.decoding(schema, options);
    return read(format.project(columns), schema.select(columns), utf8(text));
  }

  List<String> read(byte[] bytes) throws IOException {
    return read(factory.decoding(schema, options), schema, bytes);
  }

  private List<String> read(DecodingFormat format, RowType type, byte[] bytes) throws IOException {
    List<String> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(type, capacity);
    try (RecordReader reader =
        format.open(
            new ByteArrayInputStream(bytes),
            "f",
            (record, position, cause) ->
                deadLetters.add(position + ": " + record + ": " + cause.getMessage()))) {
      boolean more = true;
      while (more) {
        batch.clear();
        more = reader.read(batch);
        for (int row = 0; row < batch.size(); row++) {
          rows.add(batch.rowToString(row));
        }
      }
    }
    return rows;
  }

  /** Rows of single messages; what is wrong with one stands in their place. */
  List<String> messages(byte[]... messages) throws IOException {
    List<String> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(schema, capacity);
    MessageDecoder decoder = factory.decoding(schema, options).messages();
    for (byte[] message : messages) {
      decoder.begin(message);
      boolean more = true;
      while (more) {
        batch.clear();
        try {
          more = decoder.next(batch);
        } catch (MillraceException e) {
          rows.add(e.getMessage());
          more = false;
        }
        for (int row = 0; row < batch.size(); row++) {
          rows.add(batch.rowToString(row));
        }
      }
    }
    return rows;
  }

  List<byte[]> encode(Object[]... rows) throws IOException {
    List<byte[]> messages = new ArrayList<>();
    RowBatch batch = new RowBatch(schema, rows.length);
    MessageEncoder encoder = factory.encoding(schema, options).messages();
    for (Object[] values : rows) {
      int row = batch.add(ChangeKind.INSERT);
      for (int column = 0; column < values.length; column++) {
        RowValues.set(batch, row, column, values[column]);
      }
      messages.add(encoder.encode(batch, row));
    }
    return messages;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String write(Object[]... rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowBatch batch = new RowBatch(schema, rows.length);
    try (RecordWriter writer = factory.encoding(schema, options).open(out)) {
      for (Object[] values : rows) {
        int row = batch.add(ChangeKind.INSERT);
        for (int column = 0; column < values.length; column++) {
          RowValues.set(batch, row, column, values[column]);
        }
        writer.write(batch, row);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static Object[] row(Object... values) {
    return Arrays.copyOf(values, values.length);
  }
}
