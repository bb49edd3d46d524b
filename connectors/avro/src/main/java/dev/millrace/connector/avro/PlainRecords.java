// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.row.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.JsonDecoder;

/** Single-threaded. Records without anything around them, written with the table's own schema. */
final class PlainRecords {
  private PlainRecords() {}

  static AvroMessages.Records of(TableSchema table, AvroFactory.Encoding encoding) {
    try {
      AvroRows rows = new AvroRows(table.schema(), table);
      return encoding == AvroFactory.Encoding.JSON ? json(rows, table) : binary(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("a schema can be compared with itself", e);
    }
  }

  private static AvroMessages.Records binary(AvroRows rows) {
    MessageBytes in = new MessageBytes();
    return (message, batch) -> {
      in.begin(message, 0);
      addWhole(rows, in, batch);
    };
  }

  /**
   * Adds the record that is all that is left of a message.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if more is left
   */
  static void addWhole(AvroRows rows, MessageBytes in, RowBatch batch) throws IOException {
    rows.add(in, batch);
    if (in.remaining() > 0) {
      batch.removeLast();
      throw AvroErrors.trailing(in.remaining());
    }
  }

  private static AvroMessages.Records json(AvroRows rows, TableSchema table) throws IOException {
    JsonDecoder in =
        DecoderFactory.get().jsonDecoder(table.schema(), InputStream.nullInputStream());
    return (message, batch) -> {
      in.configure(new ByteArrayInputStream(message));
      rows.add(in, batch);
    };
  }
}
