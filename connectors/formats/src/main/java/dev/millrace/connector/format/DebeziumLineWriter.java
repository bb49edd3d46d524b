// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Single-threaded. Writes a change as the line Flink writes: {@code {"before":null,"after":{…},
 * "op":"c"}} for a row that is there afterwards, {@code "op":"d"} for one that is not.
 */
final class DebeziumLineWriter implements LineWriter {
  private final JsonGenerator json;
  private final JsonObjectWriter objects;

  DebeziumLineWriter(OutputStream out, JsonObjectWriter objects) throws IOException {
    json = JsonText.generator(out);
    this.objects = objects;
  }

  @Override
  public void write(RowBatch batch, int row) throws IOException {
    boolean adds = batch.kind(row).adds();
    json.writeStartObject();
    image("before", !adds, batch, row);
    image("after", adds, batch, row);
    json.writeStringField("op", adds ? "c" : "d");
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void image(String name, boolean there, RowBatch batch, int row) throws IOException {
    if (there) {
      json.writeFieldName(name);
      objects.write(json, batch, row);
    } else if (!objects.ignoresNulls()) {
      json.writeNullField(name);
    }
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
