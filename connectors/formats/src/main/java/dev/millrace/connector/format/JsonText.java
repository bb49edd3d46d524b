// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Jackson, set up as Flink sets it up. Thread-safe. */
final class JsonText {
  private static final com.fasterxml.jackson.core.JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .rootValueSeparator("")
          .build();

  private JsonText() {}

  static JsonParser parser(char[] text, int from, int to) throws IOException {
    return FACTORY.createParser(text, from, to - from);
  }

  /** All characters of a message, from 0 to the window's limit. */
  static void load(CharWindow window, byte[] message) throws IOException {
    if (message.length > CharWindow.MAX_RECORD_CHARS) {
      throw FormatErrors.malformed(
          "the message is longer than " + CharWindow.MAX_RECORD_CHARS + " bytes", null);
    }
    window.restart(new ByteArrayInputStream(message));
    while (window.fill(0)) {
      // each call appends a piece
    }
  }

  static JsonGenerator generator(Writer out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  static JsonGenerator generator(OutputStream out) throws IOException {
    return generator(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }
}
