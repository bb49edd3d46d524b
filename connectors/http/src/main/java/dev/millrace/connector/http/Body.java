// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonPointer;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.type.RowType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * How bytes that came over HTTP become rows. Immutable.
 *
 * @param schema of the rows
 * @param isJson whether the format reads JSON
 * @param rows where the rows are in it; empty for the body as a whole
 */
record Body(RowType schema, DecodingFormat format, boolean isJson, Optional<JsonPointer> rows) {
  /** The same for other rows. */
  Body of(RowType rowType, DecodingFormat rowFormat) {
    return new Body(rowType, rowFormat, isJson, rows);
  }

  /**
   * A reader of the rows in some bytes.
   *
   * @param mediaType as their sender says; empty if it does not
   * @param name of where they are from, for messages
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the rows cannot be found
   */
  RecordReader open(byte[] bytes, String mediaType, String name, BadRecords badRecords)
      throws IOException {
    byte[] body = bytes;
    if (rows.isPresent()) {
      body = slice(body, name, rows.get());
    }
    if (isJson && !isLines(mediaType)) {
      body = JsonBody.onLines(body);
    }
    return format.open(new ByteArrayInputStream(body), name, badRecords);
  }

  private static byte[] slice(byte[] body, String name, JsonPointer pointer) {
    try {
      return JsonBody.at(body, pointer).orElse(new byte[0]);
    } catch (IOException e) {
      throw HttpErrors.badBody(name, "is not JSON", e);
    }
  }

  /** One value a line: a bad one must not swallow the next. */
  private static boolean isLines(String mediaType) {
    String lower = mediaType.toLowerCase(Locale.ROOT);
    return lower.contains("ndjson") || lower.contains("jsonl");
  }
}
