// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Call;
import dev.millrace.connector.http.client.PathTemplate;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How rows become requests. Immutable.
 *
 * @param mediaType of the bodies
 * @param isJson whether rows that share a body are elements of an array; else they are lines
 * @param maxRows in one request
 * @param inverse what takes a request back; empty if nothing does
 */
record Requests(
    RowType schema,
    String method,
    PathTemplate path,
    EncodingFormat format,
    String mediaType,
    boolean isJson,
    int maxRows,
    HttpOptions.Refusal onRefusal,
    Optional<Inverse> inverse) {

  /**
   * What takes a request back.
   *
   * @param withBody whether the row is sent along
   */
  record Inverse(String method, PathTemplate path, boolean withBody) {}

  MessageEncoder encoder() {
    return format.messages();
  }

  /** The bytes of one row; a row that is none, as the format has it, is empty. */
  static byte[] encode(MessageEncoder encoder, RowBatch batch, int row) throws IOException {
    byte[] bytes = encoder.encode(batch, row);
    return bytes == null ? new byte[0] : bytes;
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the row makes no path
   */
  String path(RowBatch batch, int row) {
    return fill(path, batch, row);
  }

  /** The request that takes back what a row's does; only with an {@link #inverse}. */
  SinkRequest inverseOf(RowBatch batch, int row, byte[] encoded) {
    Inverse back = inverse.orElseThrow();
    return new SinkRequest(
        back.method(),
        fill(back.path(), batch, row),
        back.withBody() ? Optional.of(new Call.Body(mediaType, encoded)) : Optional.empty(),
        onRefusal,
        true);
  }

  private String fill(PathTemplate template, RowBatch batch, int row) {
    return template.fill(column -> Cells.text(batch, row, schema.indexOf(column)));
  }

  /**
   * @param rows encoded; at least one, and no more than {@link #maxRows}
   */
  SinkRequest request(String filled, List<byte[]> rows) {
    return new SinkRequest(
        method,
        filled,
        hasBody() ? Optional.of(new Call.Body(mediaType, body(rows))) : Optional.empty(),
        onRefusal,
        false);
  }

  private boolean hasBody() {
    return !method.toUpperCase(Locale.ROOT).equals("DELETE");
  }

  private byte[] body(List<byte[]> rows) {
    if (maxRows == 1) {
      return rows.get(0);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < rows.size(); i++) {
      if (isJson) {
        all.write(i == 0 ? '[' : ',');
      } else if (i > 0) {
        all.write('\n');
      }
      all.writeBytes(rows.get(i));
    }
    if (isJson) {
      all.write(']');
    }
    return all.toByteArray();
  }
}
