// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.engine.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Dead letters as lines of JSON: {@code {"position":"orders.csv:17","record":"1,x","error":"…"}}.
 * Thread-safe. Without a file they are only counted, by the engine.
 */
final class DeadLetterFile implements Consumer<DeadLetter>, AutoCloseable {
  private final Path file;
  private final JsonGenerator json;

  private DeadLetterFile(Path file, JsonGenerator json) {
    this.file = file;
    this.json = json;
  }

  /**
   * @param file replaced if it exists; may be null
   */
  static DeadLetterFile open(Path file) {
    if (file == null) {
      return new DeadLetterFile(null, null);
    }
    try {
      return new DeadLetterFile(
          file,
          new JsonFactoryBuilder()
              .rootValueSeparator("")
              .build()
              .createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw CliErrors.deadLetterFile(file, e);
    }
  }

  @Override
  public synchronized void accept(DeadLetter letter) {
    if (json != null) {
      try {
        json.writeStartObject();
        json.writeStringField("position", letter.position());
        json.writeStringField("record", letter.record());
        json.writeStringField("error", letter.error());
        json.writeEndObject();
        json.writeRaw('\n');
      } catch (IOException e) {
        throw CliErrors.deadLetterFile(file, e);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (json != null) {
      try {
        json.close();
      } catch (IOException e) {
        throw CliErrors.deadLetterFile(file, e);
      }
    }
  }
}
