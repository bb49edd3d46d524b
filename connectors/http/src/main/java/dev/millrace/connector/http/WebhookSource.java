// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.connector.AddressedSource;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.Hooks;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.RecordSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TenantedSource;
import dev.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies posted to one hook, in order. */
record WebhookSource(String table, String hook, Hooks hooks, Body body)
    implements RecordSource, AddressedSource, TenantedSource {
  @Override
  public Map<String, String> address() {
    return Map.of("connector", WebhookFactory.IDENTIFIER, HttpOptions.HOOK.key(), hook);
  }

  @Override
  public Boundedness boundedness() {
    return Boundedness.UNBOUNDED;
  }

  @Override
  public boolean blocks() {
    return true;
  }

  /** H2 closes its file for good when a thread is interrupted while it reads it. */
  @Override
  public boolean interruptible() {
    return false;
  }

  @Override
  public RowSource replay(List<byte[]> records, SourceContext context) throws IOException {
    return ReplayedRows.open(body, records, table, context);
  }

  @Override
  public Optional<MillraceException> refusal(Optional<String> tenant) {
    return hooks.mayRead(hook, tenant)
        ? Optional.empty()
        : Optional.of(HttpErrors.hookOfOthers(table, hook));
  }

  @Override
  public RowSource open(SourceContext context) throws SQLException {
    Optional<MillraceException> refusal = refusal(Origin.of(context.services()).tenant());
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return new WebhookRows(this, context, System::nanoTime);
  }
}
