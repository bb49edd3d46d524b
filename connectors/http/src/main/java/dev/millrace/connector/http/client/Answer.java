// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A response, whole.
 *
 * @param headers by name in lower case, values in order
 * @param body unpacked
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return values(name).stream().findFirst();
  }

  /** What the body is said to be; empty if it is not. */
  public String mediaType() {
    return header("content-type").orElse("");
  }

  List<String> values(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether the same request may well succeed later. */
  public boolean isPassing() {
    return status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
  }

  /** How long the server asks to be left alone: seconds or a date (RFC 9110, 10.2.3). */
  Optional<Duration> retryAfter(Clock clock) {
    return header("retry-after").flatMap(text -> retryAfter(text.strip(), clock));
  }

  private static Optional<Duration> retryAfter(String text, Clock clock) {
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(clock.instant(), at);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeParseException e) {
      return Optional.empty(); // a header nobody can read says nothing
    }
  }
}
