// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.HttpEndpoint;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.connector.http.client.Limits;
import dev.millrace.connector.http.client.PathTemplate;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.LookupCache;
import dev.millrace.spi.connector.LookupTable;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.type.RowType;
import java.util.Optional;
import java.util.function.Function;

/**
 * Resources of a host, to be polled or asked by key.
 *
 * @param bodies how a response becomes rows of a schema
 * @param lookupBackoff of lookups
 * @param polling how it is read
 */
record HttpSource(
    String table,
    HttpEndpoint endpoint,
    Limits limits,
    PathTemplate path,
    RowType schema,
    Function<RowType, Body> bodies,
    Backoff lookupBackoff,
    Optional<LookupCache.Settings> caching,
    Polling polling)
    implements LookupTable {

  @Override
  public Boundedness boundedness() {
    return polling.bounded() ? Boundedness.BOUNDED : Boundedness.UNBOUNDED;
  }

  @Override
  public boolean blocks() {
    return true;
  }

  @Override
  public RowSource open(SourceContext context) {
    path.columns().stream()
        .findFirst()
        .ifPresent(
            column -> {
              throw HttpErrors.columnInScan(table, column);
            });
    return new HttpPoller(this, new HttpCaller(endpoint, limits), context, System::nanoTime);
  }

  @Override
  public RowLookup openLookup(int[] keyColumns, SourceContext context) {
    return new HttpLookup(this, keyColumns, new HttpCaller(endpoint, limits), context);
  }
}
