// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What can be wrong with an {@code http} table, its host and what that answers. Where a request is
 * named, it is by origin and path: queries and headers may hold secrets.
 */
public final class HttpErrors {
  private static final String RANGE = "HTTP";

  private HttpErrors() {}

  static MillraceException badUrl(String why) {
    return sql(1, "the URL of an HTTP connection " + why);
  }

  static MillraceException badHeader(String name, String why) {
    return sql(2, "the HTTP header '%s' %s".formatted(name, why));
  }

  static MillraceException badPath(String path, String why) {
    return sql(
        3, "the path '%s' %s; write it as '/stock/{column}?site={column}'".formatted(path, why));
  }

  public static MillraceException noAddress(String table) {
    return sql(
        4, "table '%s' says neither 'connection', a configured host, nor 'url'".formatted(table));
  }

  public static MillraceException twoAddresses(String table) {
    return sql(
        5,
        "table '%s' has both 'connection' and 'url'; a configured host knows its own"
            .formatted(table));
  }

  public static MillraceException unknownConnection(
      String table, String name, Collection<String> known) {
    return sql(
        6,
        "table '%s': there is no HTTP connection '%s'; configured are %s (millrace.http.<name>)"
            .formatted(table, name, names(known)));
  }

  public static MillraceException plainAddress(String table, Collection<String> known) {
    return sql(
        7,
        "table '%s': 'url' is not allowed here; name a configured host instead: 'connection' = one"
                .formatted(table)
            + " of "
            + names(known));
  }

  public static MillraceException unknownColumn(
      String table, String option, String column, Collection<String> known) {
    return sql(
        8,
        "table '%s': '%s' names column '%s', which is not one of %s"
            .formatted(table, option, column, names(known)));
  }

  public static MillraceException notAKey(String table, String column, Collection<String> keys) {
    return sql(
        9,
        "table '%s': its 'url-path' needs column '%s', but the join compares only %s"
            .formatted(table, column, names(keys)));
  }

  public static MillraceException columnInScan(String table, String column) {
    return sql(
        10,
        "table '%s': 'url-path' names column '%s', so it can be looked up or written to, not read"
            .formatted(table, column));
  }

  public static MillraceException contradiction(String table, String option, String why) {
    return sql(11, "table '%s': '%s' %s".formatted(table, option, why));
  }

  public static MillraceException outOfRange(String table, String option, Object value) {
    return sql(12, "table '%s': '%s' cannot be %s".formatted(table, option, value));
  }

  public static MillraceException unknownHook(String table, String name, Collection<String> known) {
    return sql(
        14,
        "table '%s': there is no webhook '%s'; configured are %s (millrace.hooks.<name>)"
            .formatted(table, name, names(known)));
  }

  static MillraceException badSetting(String name, String why) {
    return sql(13, "the HTTP connection '%s' is not right: %s".formatted(name, why));
  }

  public static MillraceException unusableValue(String column, String why) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 30),
        "a path of a request cannot be made: column '%s' %s".formatted(column, why));
  }

  /**
   * @param answer its body is not told, it may hold anything
   */
  public static MillraceException rowRefused(String request, Answer answer) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 32),
        "%s was answered %d, and will never be taken".formatted(request, answer.status()));
  }

  public static MillraceException tooManyStaged(String table, long max) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.RESOURCE, 71),
        "the run holds %d rows for table '%s', which is all it may (millrace.max-staged-rows)"
            .formatted(max, table));
  }

  public static MillraceException badBody(String name, String why, Throwable cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 31),
        "the body of %s %s".formatted(name, why),
        cause);
  }

  public static MillraceException failed(String request, Throwable cause) {
    return connector(50, "%s failed: %s".formatted(request, message(cause)), cause);
  }

  /**
   * @param answer its body is not told, it may hold anything
   */
  public static MillraceException refused(String request, Answer answer) {
    return connector(51, "%s was answered %d".formatted(request, answer.status()), null);
  }

  static MillraceException redirected(String request, int status) {
    return connector(
        52,
        "%s was answered %d, a redirect; redirects are not followed: correct the path or the"
                .formatted(request, status)
            + " configured URL",
        null);
  }

  static MillraceException privateAddress(String host) {
    return connector(
        53,
        "host '%s' is at a private, loopback or otherwise special address; only a connection"
                .formatted(host)
            + " configured with allow-private may go there",
        null);
  }

  static MillraceException foreignLink(String request) {
    return connector(
        54,
        "the response to %s links its next page to another origin or path than the configured one"
            .formatted(request),
        null);
  }

  public static MillraceException badPosition(String table, Throwable cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.INTERNAL, 90),
        "the stored position of table '%s' cannot be read".formatted(table),
        cause);
  }

  public static MillraceException hookOfOthers(String table, String hook) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.SQL, 34),
        "table '%s': webhook '%s' is not for this tenant ('millrace.hooks.%s.tenants')"
            .formatted(table, hook, hook));
  }

  public static MillraceException bodiesGone(String table, String hook, long read, long removed) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 33),
        "table '%s' has read webhook '%s' up to body %d, and the %d bodies behind it are gone: nobody"
                .formatted(table, hook, read, removed - read)
            + " kept them while its pipeline was stopped; deploy it again with SET"
            + " 'millrace.on-redeploy' = 'discard-positions' to read what there is");
  }

  static MillraceException tooLarge(String request, int maxBytes) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.RESOURCE, 70),
        "the response to %s is larger than %d bytes ('response.max-bytes')"
            .formatted(request, maxBytes));
  }

  private static MillraceException connector(int number, String message, Throwable cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.CONNECTOR, number), message, cause);
  }

  private static MillraceException sql(int number, String message) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.SQL, number), message);
  }

  private static String message(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String names(Collection<String> names) {
    return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
  }
}
