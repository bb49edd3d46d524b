// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
  private static String lines(String body) {
    return new String(JsonBody.onLines(body.getBytes(UTF_8)), UTF_8);
  }

  private static Optional<String> at(String body, String pointer) throws IOException {
    return JsonBody.at(body.getBytes(UTF_8), JsonPointer.compile(pointer))
        .map(bytes -> new String(bytes, UTF_8));
  }

  @Test
  void aValueIsOnOneLine() {
    assertThat(lines("{\n \"a\":\r\n 1}\n{\"b\":\n[\n]}\n"))
        .isEqualTo("{  \"a\":   1}\n{\"b\": [ ]}\n");
  }

  @Test
  void bracesAndQuotesInTextDoNotCount() {
    assertThat(lines("{\"a\":\"}\\\"]\\\\\"\n}")).isEqualTo("{\"a\":\"}\\\"]\\\\\" }");
  }

  @Test
  void aLineEndInATextEndsTheValue() {
    assertThat(lines("{\"a\": \"open\n{\"b\":1}\n")).isEqualTo("{\"a\": \"open\n{\"b\":1}\n");
  }

  @Test
  void aValueIsFoundByItsPointer() throws IOException {
    String body =
        "{\"x\":{\"items\":9},\"data\":{\"ü\":\"€\",\"items\":[ {\"a\":1.50}, [2] ]},\"n\":null}";
    assertThat(at(body, "/data/items")).contains("[ {\"a\":1.50}, [2] ]");
    assertThat(at(body, "/data/items/1/0")).contains("2");
    assertThat(at(body, "/data/items/0/a")).contains("1.50");
    assertThat(at(body, "/data/ü")).contains("\"€\"");
    assertThat(at(body, "/data/items/7")).isEmpty();
    assertThat(at(body, "/nosuch/x")).isEmpty();
    assertThat(at(body, "/n")).isEmpty();
    assertThat(at(body, "/x/items/0")).isEmpty();
    assertThat(at("", "/x")).isEmpty();
    assertThatThrownBy(() -> at("<html>", "/x")).isInstanceOf(IOException.class);
  }
}
