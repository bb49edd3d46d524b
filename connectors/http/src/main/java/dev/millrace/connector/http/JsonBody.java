// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** JSON as servers send it, for a format that reads lines. */
final class JsonBody {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonBody() {}

  /**
   * Each value on a line of its own, in place: line ends within objects and arrays become blanks. A
   * line end within a string is no JSON; it ends the value, so that no more than that is bad.
   */
  static byte[] onLines(byte[] body) {
    byte[] lines = body.clone();
    int depth = 0;
    boolean inText = false;
    for (int at = 0; at < lines.length; at++) {
      byte sign = lines[at];
      if (sign == '\n' && inText) {
        inText = false;
        depth = 0;
      } else if (inText) {
        at += sign == '\\' ? 1 : 0;
        inText = sign != '"';
      } else if (sign == '"') {
        inText = true;
      } else if (sign == '{' || sign == '[') {
        depth++;
      } else if (sign == '}' || sign == ']') {
        depth = Math.max(0, depth - 1);
      } else if (depth > 0 && (sign == '\n' || sign == '\r')) {
        lines[at] = ' ';
      }
    }
    return lines;
  }

  /**
   * The bytes of the value at a pointer; empty if there is none, or it is null.
   *
   * @throws IOException if what comes before it is not JSON
   */
  static Optional<byte[]> at(byte[] body, JsonPointer pointer) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      if (!goTo(parser, pointer) || parser.currentToken() == JsonToken.VALUE_NULL) {
        return Optional.empty();
      }
      int from = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      int to = (int) parser.currentLocation().getByteOffset();
      return Optional.of(Arrays.copyOfRange(body, from, to));
    }
  }

  /**
   * The text or number at a pointer; empty if there is none, or it is null.
   *
   * @throws IOException if what comes before it is not JSON
   */
  static Optional<String> textAt(byte[] body, JsonPointer pointer) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      return goTo(parser, pointer) && parser.currentToken() != JsonToken.VALUE_NULL
          ? Optional.ofNullable(parser.getValueAsString())
          : Optional.empty();
    }
  }

  private static boolean goTo(JsonParser parser, JsonPointer pointer) throws IOException {
    JsonPointer left = pointer;
    JsonToken token = parser.nextToken();
    while (token != null && !left.matches()) {
      boolean found =
          switch (token) {
            case START_OBJECT -> toField(parser, left.getMatchingProperty());
            case START_ARRAY -> toElement(parser, left.getMatchingIndex());
            default -> false;
          };
      if (!found) {
        return false;
      }
      token = parser.currentToken();
      left = left.tail();
    }
    return token != null;
  }

  private static boolean toField(JsonParser parser, String name) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean here = parser.currentName().equals(name);
      parser.nextToken();
      if (here) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static boolean toElement(JsonParser parser, int index) throws IOException {
    for (int at = 0; parser.nextToken() != JsonToken.END_ARRAY; at++) {
      if (parser.currentToken() == null) {
        return false;
      }
      if (at == index) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
