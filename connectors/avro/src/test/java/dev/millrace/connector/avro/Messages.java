// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.RowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A format at work on single messages: rows as they print, or what is wrong in their place. */
record Messages(FormatFactory factory, RowType table, Options options) {
  static Messages of(FormatFactory factory, RowType table, String... options) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      values.put(options[i], options[i + 1]);
    }
    return new Messages(factory, table, new Options(values));
  }

  List<byte[]> write(Object[]... rows) throws IOException {
    List<byte[]> messages = new ArrayList<>();
    RowBatch batch = new RowBatch(table, rows.length);
    MessageEncoder encoder = factory.encoding(table, options).messages();
    for (Object[] values : rows) {
      int row = batch.add(ChangeKind.INSERT);
      for (int column = 0; column < values.length; column++) {
        RowValues.set(batch, row, column, values[column]);
      }
      messages.add(encoder.encode(batch, row));
    }
    return messages;
  }

  List<String> read(byte[]... messages) throws IOException {
    return read(Arrays.asList(messages));
  }

  List<String> read(List<byte[]> messages) throws IOException {
    return read(factory.decoding(table, options).messages(), messages);
  }

  List<String> read(MessageDecoder decoder, List<byte[]> messages) throws IOException {
    List<String> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(table, 3);
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

  static Object[] row(Object... values) {
    return Arrays.copyOf(values, values.length);
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
