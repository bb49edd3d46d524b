// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
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

  static JsonGenerator generator(Writer out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  static JsonGenerator generator(OutputStream out) throws IOException {
    return generator(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }
}
