// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.HttpEndpoint;
import dev.millrace.connector.http.client.Limits;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangelogMode;
import java.util.function.Supplier;

/**
 * Requests to a host: one for each row, or for some rows together.
 *
 * @param connection the host's name; null for a plain address
 * @param endpoint asked when a client is opened
 * @param backoff of requests that are not sent through an outbox
 */
record HttpSink(
    String table,
    String connection,
    Supplier<HttpEndpoint> endpoint,
    Limits limits,
    Backoff backoff,
    Requests requests)
    implements TableSink {

  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.INSERT_ONLY;
  }

  @Override
  public EffectClass effectClass() {
    return requests.inverse().isPresent() ? EffectClass.COMPENSATABLE : EffectClass.FINAL;
  }

  /** Where there is an engine's transaction, requests follow it; else they are sent at once. */
  @Override
  public RowSink open(SinkContext context) {
    return context.transactional()
        ? new OutboxWriter(this, context)
        : new DirectWriter(this, context, new HttpCaller(endpoint.get(), limits));
  }
}
