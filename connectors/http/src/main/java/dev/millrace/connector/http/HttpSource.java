// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.HttpEndpoint;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.connector.http.client.Limits;
import dev.millrace.connector.http.client.PathTemplate;
import dev.millrace.spi.connector.AddressedSource;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.LookupCache;
import dev.millrace.spi.connector.LookupTable;
import dev.millrace.spi.connector.RecordSource;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.type.RowType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Resources of a host, to be polled or asked by key.
 *
 * @param address which resource it is
 * @param endpoint asked when a client is opened
 * @param bodies how a response becomes rows of a schema
 * @param lookupBackoff of lookups
 * @param polling how it is read
 */
record HttpSource(
    String table,
    Map<String, String> address,
    Supplier<HttpEndpoint> endpoint,
    Limits limits,
    PathTemplate path,
    RowType schema,
    Function<RowType, Body> bodies,
    Backoff lookupBackoff,
    Optional<LookupCache.Settings> caching,
    Polling polling)
    implements LookupTable, RecordSource, AddressedSource {

  @Override
  public Boundedness boundedness() {
    return polling.bounded() ? Boundedness.BOUNDED : Boundedness.UNBOUNDED;
  }

  @Override
  public boolean blocks() {
    return true;
  }

  /** What a host says when it is asked again is up to the host. */
  @Override
  public boolean repeats() {
    return false;
  }

  @Override
  public RowSource replay(List<byte[]> records, SourceContext context) throws IOException {
    return ReplayedRows.open(bodies.apply(schema), records, table, context);
  }

  @Override
  public RowSource open(SourceContext context) {
    path.columns().stream()
        .findFirst()
        .ifPresent(
            column -> {
              throw HttpErrors.columnInScan(table, column);
            });
    return new HttpPoller(this, new HttpCaller(endpoint.get(), limits), context, System::nanoTime);
  }

  @Override
  public RowLookup openLookup(int[] keyColumns, SourceContext context) {
    return new HttpLookup(this, keyColumns, new HttpCaller(endpoint.get(), limits), context);
  }
}
