// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.OutputStream;

/** Single-threaded. Writes a row as a line of JSON. */
final class JsonLineWriter implements LineWriter {
  private final JsonGenerator json;
  private final JsonObjectWriter objects;

  JsonLineWriter(OutputStream out, JsonObjectWriter objects) throws IOException {
    json = JsonText.generator(out);
    this.objects = objects;
  }

  @Override
  public void write(RowBatch batch, int row) throws IOException {
    objects.write(json, batch, row);
    json.writeRaw('\n');
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
