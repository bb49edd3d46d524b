// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.row.RowBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** Single-threaded. Rows as records of the table's schema. */
final class AvroRecords implements MessageEncoder {
  /** What comes before a record. */
  @FunctionalInterface
  interface Head {
    void write(OutputStream out) throws IOException;
  }

  private final TableSchema table;
  private final AvroFactory.Encoding encoding;
  private final Head head;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private BinaryEncoder binary;

  AvroRecords(TableSchema table, AvroFactory.Encoding encoding, Head head) {
    this.table = table;
    this.encoding = encoding;
    this.head = head;
  }

  @Override
  public byte[] encode(RowBatch batch, int row) throws IOException {
    bytes.reset();
    head.write(bytes);
    Encoder out = encoder();
    for (AvroColumn column : table.columns()) {
      column.write(batch, row, out);
    }
    out.flush();
    return bytes.toByteArray();
  }

  /** One of JSON is new each time: it would put a line between two records. */
  private Encoder encoder() throws IOException {
    if (encoding == AvroFactory.Encoding.JSON) {
      return EncoderFactory.get().jsonEncoder(table.schema(), bytes);
    }
    binary = EncoderFactory.get().directBinaryEncoder(bytes, binary);
    return binary;
  }
}
