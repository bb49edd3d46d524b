// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.connector.Hooks;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import java.util.List;
import java.util.Set;

/** {@code 'connector' = 'webhook'}: what is posted to the host. */
public final class WebhookFactory implements SourceFactory {
  static final String IDENTIFIER = "webhook";

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(HttpOptions.HOOK);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(HttpOptions.ROWS_POINTER);
  }

  @Override
  public List<String> formatOptions() {
    return List.of("format");
  }

  @Override
  public TableSource source(TableContext table) {
    String hook = table.options().get(HttpOptions.HOOK);
    Set<String> known = table.services().find(Hooks.class).map(Hooks::names).orElse(Set.of());
    if (!known.contains(hook)) {
      throw HttpErrors.unknownHook(table.name(), hook, known);
    }
    return new WebhookSource(
        table.name(),
        hook,
        table.services().get(Hooks.class),
        Bodies.of(table).apply(table.schema()));
  }
}
