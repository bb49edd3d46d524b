// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonPointer;
import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.connector.http.client.Limits;
import dev.millrace.connector.http.client.PathTemplate;
import dev.millrace.spi.connector.LookupOptions;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code 'connector' = 'http'}. */
public final class HttpFactory implements SourceFactory, SinkFactory {
  private static final String IDENTIFIER = "http";
  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[\\w.+-]+/[\\w.+-]+(;\\s*charset=[\\w-]+)?");

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return HttpOptions.REQUIRED;
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return HttpOptions.OPTIONAL;
  }

  @Override
  public List<String> formatOptions() {
    return List.of("format");
  }

  @Override
  public TableSource source(TableContext table) {
    Options options = table.options();
    PathTemplate path = path(table, HttpOptions.PATH, options.get(HttpOptions.PATH));
    return new HttpSource(
        table.name(),
        address(options),
        HttpAddress.of(table),
        limits(table),
        path,
        table.schema(),
        Bodies.of(table),
        backoff(table, HttpOptions.LOOKUP_MAX_RETRIES),
        LookupOptions.caching(options),
        new Polling(
            options.get(HttpOptions.SCAN_BOUNDED),
            options.get(HttpOptions.POLL_INTERVAL),
            backoff(table, HttpOptions.SCAN_MAX_RETRIES),
            options.get(HttpOptions.FOLLOW_LINKS),
            cursor(table)));
  }

  /** A cursor means nothing to a server that is asked by another parameter. */
  private static Map<String, String> address(Options options) {
    Map<String, String> address = new TreeMap<>(Map.of("connector", IDENTIFIER));
    for (ConfigOption<String> option :
        List.of(
            HttpOptions.CONNECTION,
            HttpOptions.URL,
            HttpOptions.PATH,
            HttpOptions.CURSOR_PARAMETER)) {
      options.find(option).ifPresent(value -> address.put(option.key(), value));
    }
    return address;
  }

  @Override
  public TableSink sink(TableContext table) {
    return new HttpSink(
        table.name(),
        table.options().find(HttpOptions.CONNECTION).orElse(null),
        HttpAddress.of(table),
        Limits.ofStatus(limits(table).timeout()),
        backoff(table, HttpOptions.SINK_MAX_RETRIES),
        requests(table));
  }

  private static Requests requests(TableContext table) {
    Options options = table.options();
    PathTemplate path = path(table, HttpOptions.PATH, options.get(HttpOptions.PATH));
    int maxRows = atLeast(1, table, HttpOptions.SINK_MAX_ROWS);
    Optional<Requests.Inverse> inverse = inverse(table);
    EncodingFormat format = table.encodingFormat();
    Bodies.refuseMessages(table, format);
    if (maxRows > 1 && (!path.columns().isEmpty() || inverse.isPresent())) {
      throw HttpErrors.contradiction(
          table.name(),
          HttpOptions.SINK_MAX_ROWS.key(),
          "must be 1 where a path has columns or an inverse request is declared");
    }
    return new Requests(
        table.schema(),
        method(table, HttpOptions.SINK_METHOD),
        path,
        format,
        mediaType(table),
        Bodies.isJson(options),
        maxRows,
        options.get(HttpOptions.SINK_ON_REFUSAL),
        inverse);
  }

  private static Optional<Requests.Inverse> inverse(TableContext table) {
    Options options = table.options();
    Optional<String> path = options.find(HttpOptions.INVERSE_PATH);
    if (options.find(HttpOptions.INVERSE_METHOD).isEmpty()) {
      if (path.isPresent() || options.get(HttpOptions.INVERSE_BODY)) {
        throw HttpErrors.contradiction(
            table.name(), HttpOptions.INVERSE_METHOD.key(), "must say how a request is taken back");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Requests.Inverse(
            method(table, HttpOptions.INVERSE_METHOD),
            path(table, HttpOptions.INVERSE_PATH, path.orElse(options.get(HttpOptions.PATH))),
            options.get(HttpOptions.INVERSE_BODY)));
  }

  private static PathTemplate path(TableContext table, ConfigOption<?> option, String text) {
    PathTemplate path = PathTemplate.parse(text);
    path.columns().forEach(column -> position(table, option, column));
    return path;
  }

  private static String method(TableContext table, ConfigOption<String> option) {
    String method = table.options().get(option);
    if (!WRITING.contains(method)) {
      throw HttpErrors.outOfRange(table.name(), option.key(), "'" + method + "'");
    }
    return method;
  }

  private static String mediaType(TableContext table) {
    String format = table.options().values().getOrDefault("format", "");
    String byFormat =
        Bodies.isJson(table.options())
            ? "application/json"
            : format.equals("csv") ? "text/csv" : "application/octet-stream";
    String mediaType = table.options().find(HttpOptions.SINK_MEDIA_TYPE).orElse(byFormat);
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw HttpErrors.outOfRange(
          table.name(), HttpOptions.SINK_MEDIA_TYPE.key(), "what it is: write 'text/csv'");
    }
    return mediaType;
  }

  private static int position(TableContext table, ConfigOption<?> option, String column) {
    int position = table.schema().indexOf(column);
    if (position < 0) {
      throw HttpErrors.unknownColumn(table.name(), option.key(), column, table.schema().names());
    }
    return position;
  }

  private static Limits limits(TableContext table) {
    Duration timeout = table.options().get(HttpOptions.TIMEOUT);
    if (timeout.toMillis() < 1) {
      throw HttpErrors.outOfRange(table.name(), HttpOptions.TIMEOUT.key(), timeout);
    }
    return new Limits(timeout, atLeast(1, table, HttpOptions.MAX_RESPONSE_BYTES));
  }

  private static Backoff backoff(TableContext table, ConfigOption<Integer> maxRetries) {
    return new Backoff(
        atLeast(0, table, maxRetries),
        table.options().get(HttpOptions.RETRY_DELAY),
        table.options().get(HttpOptions.MAX_RETRY_DELAY));
  }

  private static int atLeast(int least, TableContext table, ConfigOption<Integer> option) {
    int value = table.options().get(option);
    if (value < least) {
      throw HttpErrors.outOfRange(table.name(), option.key(), value);
    }
    return value;
  }

  private static Optional<Polling.Cursor> cursor(TableContext table) {
    Options options = table.options();
    Optional<String> parameter = options.find(HttpOptions.CURSOR_PARAMETER);
    Optional<String> column = options.find(HttpOptions.CURSOR_COLUMN);
    Optional<JsonPointer> pointer = Bodies.pointer(table, HttpOptions.CURSOR_POINTER);
    Optional<String> initial = options.find(HttpOptions.CURSOR_INITIAL);
    if (parameter.isEmpty()) {
      if (column.isPresent() || pointer.isPresent() || initial.isPresent()) {
        throw HttpErrors.contradiction(
            table.name(), HttpOptions.CURSOR_PARAMETER.key(), "must say how a cursor is sent");
      }
      return Optional.empty();
    }
    if (column.isPresent() == pointer.isPresent()) {
      throw HttpErrors.contradiction(
          table.name(),
          HttpOptions.CURSOR_PARAMETER.key(),
          "needs either 'cursor.column' or 'cursor.pointer', which says what the cursor is");
    }
    int position = column.map(name -> position(table, HttpOptions.CURSOR_COLUMN, name)).orElse(-1);
    return Optional.of(new Polling.Cursor(parameter.get(), position, pointer, initial));
  }
}
