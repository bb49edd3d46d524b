// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.spi.connector.LookupOptions;
import dev.millrace.spi.option.ConfigOption;
import java.time.Duration;
import java.util.Set;

/** The options of an {@code http} table. */
final class HttpOptions {
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
          CURSOR_INITIAL);

  private HttpOptions() {}
}
