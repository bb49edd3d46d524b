// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Single-threaded. Records as a registry's clients write them.
 *
 * <pre>
 *   0 (byte) | number of the schema (int) | record in Avro's binary encoding
 * </pre>
 */
final class RegisteredRecords implements AvroMessages.Records {
  static final int HEAD_BYTES = 1 + Integer.BYTES;
  private static final int MAX_WRITERS = 100;

  private final TableSchema table;
  private final SchemaRegistry registry;
  private final MessageBytes in = new MessageBytes();
  private final Map<Integer, AvroRows> byId =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, AvroRows> eldest) {
          return size() > MAX_WRITERS;
        }
      };

  RegisteredRecords(TableSchema table, SchemaRegistry registry) {
    this.table = table;
    this.registry = registry;
  }

  @Override
  public void add(byte[] message, RowBatch batch) throws IOException {
    if (message.length < HEAD_BYTES || message[0] != 0) {
      throw AvroErrors.noEnvelope();
    }
    int id = ByteBuffer.wrap(message).getInt(1);
    if (id < 0) {
      throw AvroErrors.noEnvelope();
    }
    AvroRows rows = byId.get(id);
    if (rows == null) {
      rows = new AvroRows(registry.byId(id), table);
      byId.put(id, rows);
    }
    in.begin(message, HEAD_BYTES);
    PlainRecords.addWhole(rows, in, batch);
  }

  static void writeHead(int id, OutputStream out) throws IOException {
    out.write(ByteBuffer.allocate(HEAD_BYTES).put((byte) 0).putInt(id).array());
  }
}
