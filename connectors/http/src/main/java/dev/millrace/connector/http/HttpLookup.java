// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Answer;
import dev.millrace.connector.http.client.Call;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.connector.http.client.PathTemplate;
import dev.millrace.spi.connector.LookupCache;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Asks a host for the rows with a key: a key column the path names goes there, any other becomes a
 * query parameter of its name. Single-threaded.
 *
 * <p>No row: 404, 410, 204, an empty body, and keys that cannot be part of a path. A row of another
 * key is left out; a key column the response does not hold has the value that was asked for.
 */
final class HttpLookup implements RowLookup {
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int BATCH_ROWS = 256;

  private final HttpSource source;
  private final int[] keyColumns;
  private final HttpCaller caller;
  private final SourceContext context;
  private final LookupCache<List<Object>> cache;
  private final Body body;
  private final RowBatch decoded;

  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the path names a column that
   *     is no key
   */
  HttpLookup(HttpSource source, int[] keyColumns, HttpCaller caller, SourceContext context) {
    this.source = source;
    this.keyColumns = keyColumns;
    this.caller = caller;
    this.context = context;
    cache =
        source
            .caching()
            .map(settings -> new LookupCache<List<Object>>(settings, System::nanoTime))
            .orElse(null);
    body = source.bodies().apply(withoutKeys(source.schema(), keyColumns));
    decoded = new RowBatch(body.schema(), BATCH_ROWS);
    List<String> keys = Arrays.stream(keyColumns).mapToObj(source.schema()::name).toList();
    for (String column : source.path().columns()) {
      if (!keys.contains(column)) {
        throw HttpErrors.notAKey(source.table(), column, keys);
      }
    }
  }

  /** A response may leave out what was asked for. */
  private static RowType withoutKeys(RowType schema, int[] keyColumns) {
    List<Column> columns = new ArrayList<>(schema.columns());
    for (int key : keyColumns) {
      columns.set(key, new Column(schema.name(key), schema.type(key).withNullable(true)));
    }
    return new RowType(columns);
  }

  @Override
  public List<Object[]> lookup(RowBatch keys, int row) throws Exception {
    if (cache == null) {
      return ask(keys, row);
    }
    List<Object> key = new ArrayList<>(keyColumns.length);
    for (int i = 0; i < keyColumns.length; i++) {
      key.add(Cells.text(keys, row, i));
    }
    List<Object[]> rows = cache.get(key);
    if (rows == null) {
      rows = ask(keys, row);
      cache.put(key, rows);
    }
    return rows;
  }

  private List<Object[]> ask(RowBatch keys, int row) throws Exception {
    String path;
    try {
      path = path(keys, row);
    } catch (MillraceException e) {
      if (e.category() == ErrorCategory.DATA) {
        return List.of();
      }
      throw e;
    }
    Call call = Call.get(path, Map.of());
    Answer answer = caller.send(call, source.lookupBackoff());
    int status = answer.status();
    if (status == NOT_FOUND || status == GONE || status == NO_CONTENT) {
      return List.of();
    }
    if (!answer.isSuccess()) {
      throw HttpErrors.refused(caller.name(call), answer);
    }
    return read(answer, caller.name(call), keys, row);
  }

  private String path(RowBatch keys, int row) {
    StringBuilder path =
        new StringBuilder(source.path().fill(column -> Cells.text(keys, row, positionOf(column))));
    for (int i = 0; i < keyColumns.length; i++) {
      String name = source.schema().name(keyColumns[i]);
      if (!source.path().columns().contains(name)) {
        path.append(path.indexOf("?") < 0 ? '?' : '&');
        PathTemplate.encode(name, path);
        path.append('=');
        PathTemplate.encode(Cells.text(keys, row, i), path);
      }
    }
    return path.toString();
  }

  private int positionOf(String column) {
    for (int i = 0; i < keyColumns.length; i++) {
      if (source.schema().name(keyColumns[i]).equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(column);
  }

  private List<Object[]> read(Answer answer, String request, RowBatch keys, int row)
      throws IOException {
    List<Object[]> found = new ArrayList<>();
    try (RecordReader reader = body.open(answer.body(), answer.mediaType(), request, context)) {
      boolean more = true;
      while (more) {
        decoded.clear();
        more = reader.read(decoded);
        for (int i = 0; i < decoded.size(); i++) {
          collect(i, keys, row, found);
        }
      }
    }
    return List.copyOf(found);
  }

  private void collect(int at, RowBatch keys, int row, List<Object[]> found) {
    Object[] values = new Object[source.schema().size()];
    for (int column = 0; column < values.length; column++) {
      values[column] = RowValues.get(decoded, at, column);
    }
    for (int i = 0; i < keyColumns.length; i++) {
      int column = keyColumns[i];
      Object asked = RowValues.get(keys, row, i);
      if (values[column] == null) {
        values[column] = Cells.as(source.schema().type(column), asked);
      } else if (!Cells.equal(values[column], asked)) {
        return;
      }
    }
    found.add(values);
  }

  @Override
  public void close() throws IOException {
    caller.close();
  }
}
