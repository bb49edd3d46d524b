// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/**
 * Where a poller goes on: the next request, and what of its answer was handed on already.
 * Immutable.
 *
 * <p>Written as {@code {"cursor":"17","rows":3,"digest":-81...}}: what is null or 0 is left out.
 *
 * @param cursor of the request; null for none
 * @param page path and query of a linked page; null for the first
 * @param newest cursor of the last row handed on; null for none yet
 * @param etag and
 * @param modified and
 * @param body what this request was last answered with: validators, and a digest of the bytes; null
 *     if that answer was not handed on whole
 * @param progress how far the answer was handed on
 */
record PollPosition(
    String cursor,
    String page,
    String newest,
    String etag,
    String modified,
    String body,
    Page.Progress progress) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Before the first row of a request's answer. */
  static PollPosition before(String cursor, String page, String newest) {
    return new PollPosition(cursor, page, newest, null, null, null, Page.Progress.NONE);
  }

  /** As this, behind more rows and bad records; what is there is not whole. */
  PollPosition behind(String newNewest, Page.Progress newProgress) {
    return new PollPosition(cursor, page, newNewest, null, null, null, newProgress);
  }

  /** As this, with the answer handed on whole. */
  PollPosition answeredWith(String newEtag, String newModified, String newBody) {
    return new PollPosition(cursor, page, newest, newEtag, newModified, newBody, progress);
  }

  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      write(json, "cursor", cursor);
      write(json, "page", page);
      write(json, "newest", newest);
      write(json, "etag", etag);
      write(json, "modified", modified);
      write(json, "body", body);
      json.writeNumberField("rows", progress.rows());
      json.writeNumberField("bad", progress.bad());
      json.writeNumberField("digest", progress.digest());
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string takes every write", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String name, String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  /**
   * @throws IOException if the text is none of {@link #text()}
   */
  static PollPosition parse(String text) throws IOException {
    String[] words = new String[6];
    long[] numbers = new long[3];
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a position is an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "cursor" -> words[0] = json.getText();
          case "page" -> words[1] = json.getText();
          case "newest" -> words[2] = json.getText();
          case "etag" -> words[3] = json.getText();
          case "modified" -> words[4] = json.getText();
          case "body" -> words[5] = json.getText();
          case "rows" -> numbers[0] = json.getLongValue();
          case "bad" -> numbers[1] = json.getLongValue();
          case "digest" -> numbers[2] = json.getLongValue();
          default -> throw new IOException("a position has no " + name);
        }
      }
    }
    return new PollPosition(
        words[0],
        words[1],
        words[2],
        words[3],
        words[4],
        words[5],
        new Page.Progress(numbers[0], numbers[1], numbers[2]));
  }
}
