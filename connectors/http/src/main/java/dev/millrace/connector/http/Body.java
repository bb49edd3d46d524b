// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonPointer;
import dev.millrace.connector.http.client.Answer;
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
 * How the body of a response becomes rows. Immutable.
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
   * A reader of an answer's rows.
   *
   * @param request for messages
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the rows cannot be found
   */
  RecordReader open(Answer answer, String request, BadRecords badRecords) throws IOException {
    byte[] body = answer.body();
    if (rows.isPresent()) {
      body = slice(body, request, rows.get());
    }
    if (isJson && !isLines(answer)) {
      body = JsonBody.onLines(body);
    }
    return format.open(new ByteArrayInputStream(body), request, badRecords);
  }

  private static byte[] slice(byte[] body, String request, JsonPointer pointer) {
    try {
      return JsonBody.at(body, pointer).orElse(new byte[0]);
    } catch (IOException e) {
      throw HttpErrors.badBody(request, "is not JSON", e);
    }
  }

  /** One value a line: a bad one must not swallow the next. */
  private static boolean isLines(Answer answer) {
    String mediaType = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    return mediaType.contains("ndjson") || mediaType.contains("jsonl");
  }
}
