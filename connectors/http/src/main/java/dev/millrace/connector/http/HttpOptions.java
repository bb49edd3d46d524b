// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.spi.connector.LookupOptions;
import dev.millrace.spi.option.ConfigOption;
import java.time.Duration;
import java.util.Set;

/** The options of an {@code http} table. */
final class HttpOptions {
  /** {@code sink.on-refusal}. */
  enum Refusal {
    DEAD_LETTER,
    WAIT
  }

  private static final int MEBIBYTE = 1 << 20;

  static final ConfigOption<String> CONNECTION =
      ConfigOption.string(
          "connection",
          "The configured host (millrace.http.<name>), which knows its URL, headers and"
              + " credentials.");
  static final ConfigOption<String> URL =
      ConfigOption.string(
          "url",
          "Where the host allows plain addresses: what 'url-path' is added to, 'https://host/v1'.");
  static final ConfigOption<String> PATH =
      ConfigOption.string(
          "url-path",
          "Below the configured URL, with columns in braces: '/stock/{sku}?site={site}'; values are"
              + " percent-encoded.");
  static final ConfigOption<Duration> TIMEOUT =
      ConfigOption.duration(
              "request.timeout", "Longest time of one exchange, from request to the last byte.")
          .defaultTo(Duration.ofSeconds(30));
  static final ConfigOption<Integer> MAX_RESPONSE_BYTES =
      ConfigOption.integer(
              "response.max-bytes", "A response that is larger, unpacked, is an error.")
          .defaultTo(8 * MEBIBYTE);
  static final ConfigOption<String> ROWS_POINTER =
      ConfigOption.string(
          "rows.pointer",
          "JSON pointer to the rows in what came, of a format of JSON: '/data/items'.");
  static final ConfigOption<Duration> RETRY_DELAY =
      ConfigOption.duration(
              "request.retry-delay",
              "Before the first retry of what failed for a passing reason (no answer, 5xx, 408,"
                  + " 429); doubles with each. A longer Retry-After is obeyed.")
          .defaultTo(Duration.ofMillis(500));
  static final ConfigOption<Duration> MAX_RETRY_DELAY =
      ConfigOption.duration(
              "request.max-retry-delay",
              "Longest time between retries; if Retry-After asks for more, there is none.")
          .defaultTo(Duration.ofSeconds(30));

  static final ConfigOption<Integer> LOOKUP_MAX_RETRIES =
      ConfigOption.integer("lookup.max-retries", "Attempts of a lookup after the first.")
          .defaultTo(3);

  static final ConfigOption<Boolean> SCAN_BOUNDED =
      ConfigOption.bool(
              "scan.bounded", "Read once, all pages, and end; otherwise ask again without end.")
          .defaultTo(false);
  static final ConfigOption<Duration> POLL_INTERVAL =
      ConfigOption.duration(
              "poll.interval", "From one question to the next, once there was nothing new.")
          .defaultTo(Duration.ofSeconds(10));
  static final ConfigOption<Integer> SCAN_MAX_RETRIES =
      ConfigOption.integer("scan.max-retries", "Attempts of a poll after the first.").defaultTo(3);
  static final ConfigOption<Boolean> FOLLOW_LINKS =
      ConfigOption.bool(
              "scan.follow-links",
              "Go on to the page a response links with rel=next, if it is below the same URL.")
          .defaultTo(true);
  static final ConfigOption<String> CURSOR_PARAMETER =
      ConfigOption.string(
          "cursor.parameter",
          "Query parameter that tells the server where to go on: rows after the cursor.");
  static final ConfigOption<String> CURSOR_COLUMN =
      ConfigOption.string(
          "cursor.column", "The cursor is this column of the last row of a response.");
  static final ConfigOption<String> CURSOR_POINTER =
      ConfigOption.string(
          "cursor.pointer",
          "The cursor is what a JSON response holds at this JSON pointer: '/next_cursor'.");
  static final ConfigOption<String> CURSOR_INITIAL =
      ConfigOption.string(
          "cursor.initial", "The cursor of the first request; without it, it has none.");

  static final ConfigOption<String> SINK_METHOD =
      ConfigOption.string("sink.method", "The method of requests: POST, PUT, PATCH or DELETE.")
          .defaultTo("POST");
  static final ConfigOption<String> SINK_MEDIA_TYPE =
      ConfigOption.string(
          "sink.content-type", "Media type of the bodies; by default that of the format.");
  static final ConfigOption<Integer> SINK_MAX_ROWS =
      ConfigOption.integer(
              "sink.request.max-rows",
              "Rows in one request: a JSON array, or lines of any other format. With 1 the body is"
                  + " the row.")
          .defaultTo(1);
  static final ConfigOption<Integer> SINK_MAX_RETRIES =
      ConfigOption.integer(
              "sink.max-retries",
              "Attempts of a request after the first, on the command line; in an engine it is sent"
                  + " until it is taken or refused.")
          .defaultTo(3);
  static final ConfigOption<Refusal> SINK_ON_REFUSAL =
      ConfigOption.oneOf(
              "sink.on-refusal",
              Refusal.class,
              "What becomes of a request that will never be taken (4xx but 401, 402, 403, 407, 408,"
                  + " 421, 426, 429): a dead letter, or it and all behind it wait and are tried"
                  + " again.")
          .defaultTo(Refusal.DEAD_LETTER);
  static final ConfigOption<String> INVERSE_METHOD =
      ConfigOption.string(
          "inverse.method",
          "The method of the request that takes a row's request back; with it the table may be"
              + " used under compensation.");
  static final ConfigOption<String> INVERSE_PATH =
      ConfigOption.string(
          "inverse.url-path",
          "The path of that request, with columns in braces; by default 'url-path'.");
  static final ConfigOption<Boolean> INVERSE_BODY =
      ConfigOption.bool("inverse.body", "Send the row with that request, too.").defaultTo(false);

  static final ConfigOption<String> HOOK =
      ConfigOption.string(
          "hook", "The configured webhook (millrace.hooks.<name>) whose bodies are read.");

  static final Set<ConfigOption<?>> REQUIRED = Set.of(PATH);
  static final Set<ConfigOption<?>> OPTIONAL =
      LookupOptions.with(
          CONNECTION,
          URL,
          TIMEOUT,
          MAX_RESPONSE_BYTES,
          ROWS_POINTER,
          RETRY_DELAY,
          MAX_RETRY_DELAY,
          LOOKUP_MAX_RETRIES,
          SCAN_BOUNDED,
          POLL_INTERVAL,
          SCAN_MAX_RETRIES,
          FOLLOW_LINKS,
          CURSOR_PARAMETER,
          CURSOR_COLUMN,
          CURSOR_POINTER,
          CURSOR_INITIAL,
          SINK_METHOD,
          SINK_MEDIA_TYPE,
          SINK_MAX_ROWS,
          SINK_MAX_RETRIES,
          SINK_ON_REFUSAL,
          INVERSE_METHOD,
          INVERSE_PATH,
          INVERSE_BODY);

  private HttpOptions() {}
}
