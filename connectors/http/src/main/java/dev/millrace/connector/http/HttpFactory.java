// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonPointer;
import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.connector.http.client.Limits;
import dev.millrace.connector.http.client.PathTemplate;
import dev.millrace.spi.connector.LookupOptions;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'http'}. */
public final class HttpFactory implements SourceFactory {
  @Override
  public String identifier() {
    return "http";
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
    PathTemplate path = PathTemplate.parse(options.get(HttpOptions.PATH));
    for (String column : path.columns()) {
      position(table, HttpOptions.PATH, column);
    }
    return new HttpSource(
        table.name(),
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
